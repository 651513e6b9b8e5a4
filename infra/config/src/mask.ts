/** Stands for what nobody may read, whatever its length. */
export const MASK = '••••••••';

const CREDENTIALS = /^([a-z][a-z\d+.-]*:(?:\/\/)?)[^\s]*@/i;
const SECRET_OPTION = /([?&][^=&]*(?:pass|pwd|secret|token|key)[^=&]*=)[^&]*/gi;

/** A value as people may see it: secrets not at all, addresses without who signs in there. */
export const masked = (value: string, isSecret: boolean): string =>
  isSecret ? MASK : value.replace(CREDENTIALS, `$1${MASK}@`).replace(SECRET_OPTION, `$1${MASK}`);
