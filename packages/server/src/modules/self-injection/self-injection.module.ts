import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { SelfInjectionController } from './self-injection.controller.js';
import { SelfInjectionService } from './self-injection.service.js';

@Module({
  imports: [ObligationsModule],
  controllers: [SelfInjectionController],
  providers: [SelfInjectionService],
  exports: [SelfInjectionService],
})
export class SelfInjectionModule {}
