import { Module } from '@nestjs/common';
import { JoiningService } from './joining.service.js';
import { StaffController } from './staff.controller.js';
import { StaffService } from './staff.service.js';

@Module({ controllers: [StaffController], providers: [StaffService, JoiningService] })
export class StaffModule {}
