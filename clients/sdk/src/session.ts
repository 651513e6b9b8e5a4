import type { ResultOf, VariablesOf } from 'gql.tada';
import type { Http } from './http.ts';
import { CremaError } from './crema-error.ts';
import {
  AdminSignIn,
  RefreshSession,
  SignIn,
  SignOut,
  SignUp,
  type SessionFields,
} from './operations/people.ts';

/** What proves who is signed in. */
export interface Tokens {
  readonly accessToken: string;
  /** Null where a browser keeps it in a cookie that no script can read. */
  readonly refreshToken: string | null;
}

export type SessionPayload = ResultOf<typeof SessionFields>;

/** Hears of every change: to keep the tokens, or to show that nobody is signed in any more. */
export type OnTokens = (tokens: Tokens | null) => void;

/** Who is signed in, and stays so: the access token is renewed when the router no longer takes it. */
export class Session {
  private renewal: Promise<boolean> | null = null;
  /** Whether tokens came from the server, which may have left a cookie to renew them by. */
  private isOfServer = false;

  constructor(
    private readonly http: Http,
    private tokens: Tokens | null,
    private readonly onTokens: OnTokens,
  ) {}

  get accessToken(): string | null {
    return this.tokens?.accessToken ?? null;
  }

  /** Goes on with tokens from elsewhere; null forgets them without signing out. */
  use(tokens: Tokens | null): void {
    this.tokens = tokens;
    this.isOfServer = false;
    this.onTokens(tokens);
  }

  async signUp(input: VariablesOf<typeof SignUp>['input']): Promise<SessionPayload> {
    return this.adopt((await this.http.send(SignUp, { input }, null)).signUp);
  }

  async signIn(input: VariablesOf<typeof SignIn>['input']): Promise<SessionPayload> {
    return this.adopt((await this.http.send(SignIn, { input }, null)).signIn);
  }

  /** For staff alone; the session is shorter. */
  async signInAsStaff(input: VariablesOf<typeof AdminSignIn>['input']): Promise<SessionPayload> {
    return this.adopt((await this.http.send(AdminSignIn, { input }, null)).adminSignIn);
  }

  /** Ends the session here whatever the server says, and there when it can be reached. */
  async signOut(): Promise<void> {
    try {
      await this.calling((token) => this.http.send(SignOut, {}, token));
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
    } finally {
      this.use(null);
    }
  }

  /**
   * Renews the tokens, with the refresh token or a browser's cookie; false when nobody is signed in any
   * more. Whoever asks meanwhile gets the same renewal: a refresh token that is used twice ends all.
   */
  renew(): Promise<boolean> {
    this.renewal ??= this.renewOnce().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  /** The access token that came after this one, renewed where it is the last; null when there is none. */
  async newerThan(token: string): Promise<string | null> {
    const isRenewable = this.isOfServer || !!this.tokens?.refreshToken;
    if (this.accessToken === token && isRenewable) await this.renew();
    return this.accessToken === token ? null : this.accessToken;
  }

  /** Calls with the token; once more with a renewed one when the router refused it before doing anything. */
  async calling<Data>(call: (token: string | null) => Promise<Data>): Promise<Data> {
    const token = this.accessToken;
    try {
      return await call(token);
    } catch (error) {
      if (!isRefusedToken(error) || token === null) throw error;
      const renewed = this.accessToken !== token || (await this.renew());
      if (!renewed) throw error;
      return call(this.accessToken);
    }
  }

  private async renewOnce(): Promise<boolean> {
    const refreshToken = this.tokens?.refreshToken ?? null;
    try {
      const { refreshSession } = await this.http.send(RefreshSession, { refreshToken }, null);
      this.adopt(refreshSession);
      if (refreshSession.accessToken !== null) return true;
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
    }
    this.use(null);
    return false;
  }

  private adopt(payload: SessionPayload): SessionPayload {
    const { accessToken, refreshToken } = payload;
    if (accessToken !== null) {
      this.use({ accessToken, refreshToken });
      this.isOfServer = true;
    }
    return payload;
  }
}

const isUnauthenticated = (error: unknown): boolean =>
  error instanceof CremaError && error.code === 'UNAUTHENTICATED';

/** Over HTTP a token that is no longer good is refused with 401, over a WebSocket with one of these closes. */
const REFUSED = [401, 4401, 4403];

const isRefusedToken = (error: unknown): boolean =>
  error instanceof CremaError && error.status !== undefined && REFUSED.includes(error.status);
