import { Module } from '@nestjs/common';
import { ObligationsService } from './obligations.service.js';

@Module({ providers: [ObligationsService], exports: [ObligationsService] })
export class ObligationsModule {}
