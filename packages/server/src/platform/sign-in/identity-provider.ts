// The organisation's provider of identities, spoken to by OpenID Connect: authorization code with PKCE, state and nonce. Everything
// that is checked about its answers is checked by openid-client; here stands what is asked for, and what is believed.
import { Inject, Injectable } from '@nestjs/common';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { Clock } from '../clock.js';
import { Config, type SingleSignOnConfig } from '../config.js';
import { Logger } from '../log.js';
import { loggable } from '../problems/causes.js';
import { problem } from '../problems/problem.js';

/** What the browser keeps, encrypted, until it comes back: only it can finish what it began. */
export interface Begun {
  state: string;
  nonce: string;
  verifier: string;
  /** The provider was told to ask who sits there, and has to say that it did. */
  askAgain: boolean;
}

/** Who the provider says it is. `email` is there only where the provider vouches for it. */
export interface Identity {
  issuer: string;
  subject: string;
  email: string | undefined;
  emailIs: 'verified' | 'unverified' | 'missing';
  twoFactors: boolean;
  /** When the provider last asked who sits there, where it says so. */
  provenMs: number | null;
}

const SCOPE = 'openid email';
const PATIENCE_S = 8;
/** Long enough for many who sign in at once, short enough that nobody is sent to a provider that is away. */
const KNOWN_FOR_MS = 10_000;
/** How long ago the provider may have asked who sits there, and the age that its clock and ours may differ by is the library's. */
const FRESH_S = 300;
/** Codes of the library where the provider, and not its answer, is what is wrong. */
const AWAY = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']);
const CLAIMS = JSON.stringify({ id_token: { email: null, email_verified: null, xms_edov: null, amr: null, acr: null } });

@Injectable()
export class IdentityProvider {
  private known: { until: number; configuration: Promise<Configuration> } | undefined;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Where the browser is sent, and what it has to bring back. `again`: the provider asks, whatever the installation says else. */
  async begin(requestId: string, again: boolean): Promise<{ location: string; begun: Begun }> {
    const configuration = await this.configuration(requestId);
    const { twoFactorAcr } = this.settings;
    const askAgain = again || this.settings.askAgain;
    const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), askAgain };
    const location = buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri.href,
      response_type: 'code',
      scope: SCOPE,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      ...(askAgain ? { prompt: 'login', max_age: String(FRESH_S) } : {}),
      ...(twoFactorAcr.length > 0 ? { acr_values: twoFactorAcr.join(' ') } : {}),
      // What a provider leaves out of the ID token unless it is asked for.
      ...(configuration.serverMetadata().claims_parameter_supported ? { claims: CLAIMS } : {}),
    });
    return { location: location.href, begun };
  }

  /** Who came back. `query` is what the provider sent the browser with; anything about it that does not fit is a problem. */
  async finish(query: string, { state, nonce, verifier, askAgain }: Begun, requestId: string): Promise<Identity> {
    const configuration = await this.configuration(requestId);
    const { issuer, twoFactorAcr } = this.settings;
    const answer = this.redirectUri;
    answer.search = query;
    return this.asking(requestId, async () => {
      const tokens = await authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...(askAgain ? { maxAge: FRESH_S } : {}),
      });
      const claims = tokens.claims();
      if (!claims) throw problem('single-sign-on-failed');
      const { sub, amr, acr, auth_time } = claims;
      const hasEmail = claims['email'] !== undefined || !configuration.serverMetadata().userinfo_endpoint;
      const told = hasEmail ? claims : await fetchUserInfo(configuration, tokens.access_token, sub);
      const { email } = told;
      const emailIs = typeof email !== 'string' ? 'missing' : this.vouchedFor(told) ? 'verified' : 'unverified';
      return {
        issuer,
        subject: sub,
        email: emailIs === 'verified' ? String(email) : undefined,
        emailIs,
        // RFC 8176: several methods in the list are not yet several factors; `mfa` says that they were.
        twoFactors: (Array.isArray(amr) && amr.includes('mfa')) || (typeof acr === 'string' && twoFactorAcr.includes(acr)),
        provenMs: typeof auth_time === 'number' ? Math.min(auth_time * 1000, this.clock.machineMs()) : null,
      };
    });
  }

  private vouchedFor({ email_verified, xms_edov }: Record<string, unknown>): boolean {
    switch (this.settings.emailVerifiedBy) {
      case 'email_verified':
        return email_verified === true;
      case 'xms_edov':
        return xms_edov === true || xms_edov === 1 || xms_edov === '1';
      case 'issuer':
        // Whoever says so much about an address that it is no proof is believed.
        return email_verified === undefined || email_verified === true;
    }
  }

  private get settings(): SingleSignOnConfig {
    const { singleSignOn } = this.config;
    if (!singleSignOn) throw new Error('there is no single sign-on here');
    return singleSignOn;
  }

  private get redirectUri(): URL {
    return new URL('/login', this.config.publicUrl);
  }

  /** What the provider says about itself; one that is away is asked again the next time. */
  private configuration(requestId: string): Promise<Configuration> {
    const now = this.clock.machineMs();
    if (this.known && this.known.until > now) return this.known.configuration;
    const configuration = this.asking(requestId, () => this.discover(), true);
    const known = { until: now + KNOWN_FOR_MS, configuration };
    this.known = known;
    configuration.catch(() => {
      if (this.known === known) this.known = undefined;
    });
    return configuration;
  }

  private discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
    const secret: ClientAuth = (server, client, body, headers) => {
      const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      return (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
    };
    return discovery(new URL(issuer), clientId, undefined, secret, {
      timeout: PATIENCE_S,
      // http is refused in production by the configuration.
      execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
    });
  }

  /** Errors of the library as problems. Of what it says only codes reach the log: its causes hold codes and tokens. */
  private async asking<T>(requestId: string, ask: () => Promise<T>, always = false): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const refused = error instanceof AuthorizationResponseError || error instanceof ResponseBodyError;
      const code = error instanceof ClientError || refused ? error.code : undefined;
      // That nobody answered is a TypeError of fetch, or whatever the library makes of it: an error of its own without a code.
      const unanswered = code === undefined && (error instanceof TypeError || error instanceof ClientError);
      const away = always || unanswered || (code !== undefined && AWAY.has(code));
      if (code === undefined && !away) throw error;
      this.logger.warn(
        { requestId, code, oauth: refused ? error.error : undefined, err: code === undefined ? loggable(error) : undefined },
        away ? 'the provider of identities cannot be used' : 'an answer of the provider of identities was refused',
      );
      throw problem(away ? 'single-sign-on-away' : 'single-sign-on-failed');
    }
  }
}
