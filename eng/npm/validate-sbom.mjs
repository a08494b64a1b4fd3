// Says whether a file is a CycloneDX 1.6 bill of materials by the standard's own strict schema: exit code 0, or 1 with what is wrong.
import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
const problems = await validator.validate(readFileSync(process.argv[2], 'utf8'));
if (problems !== null) {
  console.error(JSON.stringify(problems, null, 2));
  process.exit(1);
}
