import { settingsOf, type Setting } from '@crema/config';
import type { SettingGroup } from '@crema/standalone';

const HEAD = `# Every setting of Crema with its default. What is left out or empty has its default; a wrong value stops
# the start with its name. npm start reads them from .env, where the environment does not say otherwise.
# Made by npm run schema from what the parts declare; npm run config:print shows what a part is told.
`;

const WIDTH = 103;

/** The text of .env.example: every setting once, where it is first read. */
export function envExample(groups: readonly SettingGroup[]): string {
  const told = new Set<string>();
  const sections = groups.map(({ title, shape }) => {
    const settings = settingsOf(shape).filter(({ name }) => !told.has(name));
    for (const { name } of settings) told.add(name);
    return settings.length > 0 ? sectionOf(title, settings) : '';
  });
  return [HEAD, ...sections.filter(Boolean)].join('\n');
}

const sectionOf = (title: string, settings: readonly Setting[]): string =>
  [`# -- ${title} `.padEnd(WIDTH, '-'), ...settings.map(linesOf), ''].join('\n');

const linesOf = (setting: Setting): string =>
  `# ${setting.description}\n${setting.name}=${setting.default ?? ''}`;
