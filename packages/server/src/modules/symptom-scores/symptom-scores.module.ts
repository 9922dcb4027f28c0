import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { SymptomScoresController } from './symptom-scores.controller.js';
import { SymptomScoresService } from './symptom-scores.service.js';

@Module({
  imports: [ObligationsModule],
  controllers: [SymptomScoresController],
  providers: [SymptomScoresService],
  exports: [SymptomScoresService],
})
export class SymptomScoresModule {}
