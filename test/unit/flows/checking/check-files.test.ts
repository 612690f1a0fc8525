import { expect, it } from 'vitest';
import { checkFiles } from '../../../../shared/flows/checking/check-files.ts';

const good = {
  flows: [{ name: 'invitation', file: 'invitation.ts' }],
  present: ['registry.ts', 'invitation.ts', 'words.ts'],
  used: new Set(['registry.ts', 'invitation.ts', 'words.ts']),
};

it('finds nothing where every flow has its file, and every file its use', () => {
  expect(checkFiles(good)).toEqual([]);
});

it.each([
  {
    what: 'a flow whose file has another name',
    files: { ...good, flows: [{ name: 'party', file: 'party.ts' }], present: ['registry.ts'] },
    rule: 'noFile',
    where: 'party',
    says: /There is no flows\/party.ts/,
  },
  {
    what: 'a flow that nobody has registered',
    files: { ...good, present: [...good.present, 'party.ts'] },
    rule: 'notRegistered',
    where: 'flows/party.ts',
    says: /Add its flow to `FLOWS`/,
  },
])('finds $what', ({ files, rule, where, says }) => {
  const findings = checkFiles(files);

  expect(findings).toMatchObject([{ rule, where }]);
  expect(findings[0]?.message).toMatch(says);
});
