export { checksumOf, sha256 } from './checksum.ts';
export { openProofBook, proofsFile, readProofs, writeProofs, type ProofBook } from './proofs.ts';
export { compareVersions, parseStem, parseVersion } from './version.ts';
export { discover, type Discovery, type Folders } from './discover.ts';
export { loadScript, loadVerify, parseStoredScript, parseVerify, problemsError, type Reading } from './load.ts';
export { outsideLinks } from './outside-links.ts';
export { normaliseFile, problemAt, readSource, sourceRef } from './source.ts';
