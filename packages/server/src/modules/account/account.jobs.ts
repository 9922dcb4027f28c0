import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@vastus/db';
import type { JobOutcome } from '@vastus/jobs';
import { Config } from '../../platform/config.js';
import { Logger } from '../../platform/log.js';
import { RunsJob } from '../../platform/queue/runs-job.js';
import { SecondFactors } from '../../platform/sign-in/second-factor.js';

@Injectable()
export class AccountJobs {
  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactors,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Once the secret of the installation was exchanged; until then there is nothing to do. */
  @RunsJob('seal-second-factors-anew')
  async sealAnew(): Promise<JobOutcome> {
    if (this.config.authSecretPrevious === undefined) return { outcome: 'skipped', reason: 'the secret was not exchanged' };
    const { renewed, lost } = await this.database.anywhere((q) => this.factors.sealAnew(q));
    if (lost > 0) this.logger.warn({ lost }, 'second factors that neither secret opens: an administrator resets them');
    this.logger.info({ renewed }, 'every second factor that can be read is under the new secret; AUTH_SECRET_PREVIOUS may go');
    return { outcome: 'done', renewed, lost };
  }
}
