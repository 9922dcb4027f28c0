import { Module } from '@nestjs/common';
import { IdentityProvider } from '../../platform/sign-in/identity-provider.js';
import { SingleSignOn } from '../../platform/sign-in/single-sign-on.js';
import { SessionController } from './session.controller.js';
import { SingleSignOnController } from './single-sign-on.controller.js';

@Module({ controllers: [SessionController] })
export class SessionModule {}

/** Only where a provider is set up. */
@Module({ controllers: [SingleSignOnController], providers: [IdentityProvider, SingleSignOn] })
export class SingleSignOnModule {}
