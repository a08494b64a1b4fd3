// Writes the software bill of materials (CycloneDX 1.6, JSON) of the product: what its lock file names, and nothing of the tests or the build.
//   node eng/sbom.mjs [FILE]      to standard output without FILE
// The same tree gives the same bytes: the serial number is made from the content, the time is that of the last commit (or SOURCE_DATE_EPOCH).
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { homedir } from 'node:os';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = path => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');
const inBuild = new Set(['Meziantou.Analyzer', 'Microsoft.CodeAnalysis.BannedApiAnalyzers']);
const version = /<Version>([^<]+)</.exec(read('Directory.Build.props'))[1];
const licence = /<PackageLicenseExpression>([^<]+)</.exec(read('Directory.Build.props'))[1];
const framework = /<TargetFramework>net([^<]+)</.exec(read('Directory.Build.props'))[1];
const locked = Object.values(JSON.parse(read('src/CwmpShield.Cli/packages.lock.json')).dependencies)[0];

const purl = (name, of) => `pkg:nuget/${name}@${of}`;

// A licence is told by the package itself, in its folder of the package cache; an SBOM without it is still right, only less useful.
function licenceOf(name, of) {
  const cache = process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget', 'packages');
  const nuspec = join(cache, name.toLowerCase(), of, `${name.toLowerCase()}.nuspec`);
  const found = existsSync(nuspec) ? /<license type="expression">([^<]+)</.exec(readFileSync(nuspec, 'utf8')) : null;
  return found ? { licenses: [/^[\w.+-]+$/.test(found[1]) ? { license: { id: found[1] } } : { expression: found[1] }] } : {};
}

function component(name, entry) {
  return {
    type: 'library',
    'bom-ref': purl(name, entry.resolved),
    name,
    version: entry.resolved,
    scope: 'required',
    ...licenceOf(name, entry.resolved),
    purl: purl(name, entry.resolved),
    // What restore checks. Of a signed package it is not the hash of the file, so it does not stand under 'hashes'.
    properties: [{ name: 'nuget:contentHash', value: entry.contentHash }],
  };
}

const byName = new Map(Object.entries(locked).map(([name, entry]) => [name.toLowerCase(), { name, ...entry }]));
const packages = [...byName.values()].filter(entry => entry.type !== 'Project' && !inBuild.has(entry.name)).sort((a, b) => a.name < b.name ? -1 : 1);
const platform = ['Microsoft.NETCore.App', 'Microsoft.AspNetCore.App'].map(name => ({
  type: 'framework', 'bom-ref': `platform:${name}@${framework}`, name, version: framework, scope: 'required',
  description: 'Shared framework of the machine that the product runs on; its patch level is that machine\'s.',
}));

// What projects of the product need is what the product needs: only packages have a place of their own in the graph.
function needs(entry, seen = new Set()) {
  return Object.keys(entry.dependencies ?? {}).flatMap(name => {
    const other = byName.get(name.toLowerCase());
    if (!other || seen.has(other.name) || inBuild.has(other.name)) return [];
    seen.add(other.name);
    return other.type === 'Project' ? needs(other, seen) : [purl(other.name, other.resolved)];
  });
}

const own = `pkg:generic/cwmpshield@${version}`;
const direct = packages.filter(entry => entry.type === 'Direct').map(entry => purl(entry.name, entry.resolved));
const ofProjects = [...byName.values()].filter(entry => entry.type === 'Project').flatMap(entry => needs(entry));
const components = [...packages.map(entry => component(entry.name, entry)), ...platform];
const dependencies = [
  { ref: own, dependsOn: [...new Set([...direct, ...ofProjects, ...platform.map(p => p['bom-ref'])])].sort() },
  ...packages.map(entry => ({ ref: purl(entry.name, entry.resolved), dependsOn: [...new Set(needs(entry))].sort() })),
];

const epoch = process.env.SOURCE_DATE_EPOCH ?? execFileSync('git', ['-C', root, 'log', '-1', '--format=%ct'], { encoding: 'utf8' }).trim();
const digest = createHash('sha256').update(JSON.stringify([version, components, dependencies])).digest('hex');
const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
  version: 1,
  metadata: {
    timestamp: new Date(Number(epoch) * 1000).toISOString(),
    component: { type: 'application', 'bom-ref': own, name: 'cwmpshield', version, licenses: [{ license: { id: licence } }], purl: own },
  },
  components,
  dependencies,
};

const text = JSON.stringify(bom, null, 2) + '\n';
if (process.argv[2]) writeFileSync(process.argv[2], text); else process.stdout.write(text);
