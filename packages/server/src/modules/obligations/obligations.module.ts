import { Module } from '@nestjs/common';
import { FactVersions } from './fact-versions.js';
import { ObligationsService } from './obligations.service.js';

@Module({ providers: [ObligationsService, FactVersions], exports: [ObligationsService, FactVersions] })
export class ObligationsModule {}
