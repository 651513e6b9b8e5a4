import type { Context } from '@crema/kit';

const NAME = 'crema_refresh';

/** The refresh token where scripts cannot read it and other sites cannot send it. */
export class SessionCookie {
  private readonly attributes: string;

  constructor(isSecure: boolean) {
    this.attributes = `Path=/graphql; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  }

  read({ request }: Context): string | null {
    return request.cookies.get(NAME) ?? null;
  }

  set(context: Context, token: string, maxAgeMs: number): void {
    const seconds = Math.max(0, Math.ceil(maxAgeMs / 1_000));
    context.setCookie(`${NAME}=${token}; Max-Age=${seconds}; ${this.attributes}`);
  }

  clear(context: Context): void {
    context.setCookie(`${NAME}=; Max-Age=0; ${this.attributes}`);
  }
}
