import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { PainPlansController } from './pain-plans.controller.js';
import { PainPlansService } from './pain-plans.service.js';

@Module({ imports: [ObligationsModule], controllers: [PainPlansController], providers: [PainPlansService], exports: [PainPlansService] })
export class PainPlansModule {}
