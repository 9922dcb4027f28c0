import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { InjectionsController } from './injections.controller.js';
import { InjectionsService } from './injections.service.js';

@Module({ imports: [ObligationsModule], controllers: [InjectionsController], providers: [InjectionsService], exports: [InjectionsService] })
export class InjectionsModule {}
