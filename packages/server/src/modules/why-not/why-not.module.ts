import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { WhyNotController } from './why-not.controller.js';
import { WhyNotService } from './why-not.service.js';

@Module({ imports: [ObligationsModule], controllers: [WhyNotController], providers: [WhyNotService] })
export class WhyNotModule {}
