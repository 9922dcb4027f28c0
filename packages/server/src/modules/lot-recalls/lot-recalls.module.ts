import { Module } from '@nestjs/common';
import { LotRecallsController } from './lot-recalls.controller.js';
import { LotRecallsService } from './lot-recalls.service.js';

@Module({ controllers: [LotRecallsController], providers: [LotRecallsService] })
export class LotRecallsModule {}
