import * as z from 'zod';

const sarifSchema = z.object({
  runs: z.array(
    z.object({
      results: z.array(
        z.object({
          ruleId: z.string(),
          level: z.string().default('warning'),
          message: z.object({ text: z.string() }),
          locations: z
            .array(
              z.object({
                physicalLocation: z.object({
                  artifactLocation: z.object({ uri: z.string() }),
                  region: z.object({ startLine: z.int() }).optional(),
                }),
              }),
            )
            .default([]),
        }),
      ),
    }),
  ),
});

/** Something that Bicep finds fault with. */
export interface Finding {
  readonly rule: string;
  /** The path of the file ends so. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A finding that is there for a reason. */
export interface AllowedFinding {
  readonly rule: string;
  /** The name of the file. */
  readonly file: string;
  readonly because: string;
}

/**
 * Reads what `bicep lint --diagnostics-format sarif` prints. Its exit code alone says nothing: unknown types and
 * properties are warnings, with which it ends well.
 */
export function readFindings(sarif: string): Finding[] {
  return sarifSchema.parse(JSON.parse(sarif)).runs.flatMap(({ results }) =>
    results.map(({ ruleId, level, message, locations }) => {
      const place = locations[0]?.physicalLocation;
      const file = place?.artifactLocation.uri ?? '';
      const line = place?.region?.startLine ?? 0;
      return { rule: ruleId, file, line, text: `${level}: ${message.text}` };
    }),
  );
}

/** The findings that nobody allowed, and the allowances that are of no use any more. */
export function judgeFindings(findings: readonly Finding[], allowed: readonly AllowedFinding[]) {
  const matches = (finding: Finding, { rule, file }: AllowedFinding) =>
    finding.rule === rule && finding.file.endsWith(`/${file}`);
  return {
    refused: findings.filter(finding => !allowed.some(entry => matches(finding, entry))),
    unused: allowed.filter(entry => !findings.some(finding => matches(finding, entry))),
  };
}
