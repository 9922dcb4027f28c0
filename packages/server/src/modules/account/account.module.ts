import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { AccountJobs } from './account.jobs.js';
import { AccountService } from './account.service.js';

@Module({ controllers: [AccountController], providers: [AccountService, AccountJobs] })
export class AccountModule {}
