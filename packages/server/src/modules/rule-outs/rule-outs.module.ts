import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { RuleOutsController } from './rule-outs.controller.js';
import { RuleOutsService } from './rule-outs.service.js';

@Module({ imports: [ObligationsModule], controllers: [RuleOutsController], providers: [RuleOutsService], exports: [RuleOutsService] })
export class RuleOutsModule {}
