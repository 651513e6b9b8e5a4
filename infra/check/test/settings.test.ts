import { nearestTo, settingsOf } from '@crema/config';
import { settingGroups, subgraphs } from '@crema/standalone';
import { exists, subgraphNames, textOf } from './support.ts';

const settings = settingGroups.flatMap(({ shape }) => settingsOf(shape));
const names = [...new Set(settings.map(({ name }) => name))];

describe('settings', () => {
  it('are all described, in whichever part they are declared', () => {
    const silent = settings.filter(({ description }) => !/[.…]$/.test(description));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('are secret everywhere or nowhere, and whenever their name says so', () => {
    const secret = new Set(settings.filter(({ isSecret }) => isSecret).map(({ name }) => name));
    const shown = settings.filter(({ name, isSecret }) => secret.has(name) && !isSecret);
    expect(shown).toEqual([]);
    // The password of the demo data is in the README.
    const confidential = names.filter((name) => /SECRET$|PASSWORD|TOKEN$|API_KEY/.test(name));
    expect(confidential.filter((name) => !secret.has(name))).toEqual(['DEMO_PASSWORD']);
  });

  it('have names that nobody takes for another one misspelt', () => {
    const alike = names.flatMap((name) => {
      const nearest = nearestTo(name, names);
      return nearest ? [`${name}, ${nearest}`] : [];
    });
    expect(alike).toEqual([]);
  });

  it('are declared by every subgraph that has any, and are told in its README', () => {
    const declared = subgraphs.filter((each) => each.settings !== undefined);
    expect(declared.map(({ name }) => name).sort()).toEqual(
      subgraphNames.filter((name) => exists(`subgraphs/${name}/src/config.ts`)).sort(),
    );
    const untold = declared.flatMap(({ name, settings: shape }) => {
      const readme = textOf('subgraphs', name, 'README.md');
      return settingsOf(shape!)
        .map((each) => each.name)
        .filter((each) => !readme.includes(each))
        .map((each) => `${name}: ${each}`);
    });
    expect(untold).toEqual([]);
  });

  it('are all that docker-compose.yml asks for', () => {
    const asked = [...textOf('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(
      ([, name]) => name!,
    );
    expect(asked.filter((name) => !names.includes(name))).toEqual([]);
  });
});
