export const CI_SERVERS = ['github', 'gitlab'] as const;
export type CiServer = (typeof CI_SERVERS)[number];

/** Ready to be committed: the workflow of GitHub Actions, or the job of GitLab, that runs `surefoot ci`. */
export function ciTemplate(server: CiServer): { readonly file: string; readonly text: string } {
  return server === 'github'
    ? { file: '.github/workflows/migrations.yml', text: GITHUB }
    : { file: '.gitlab-ci.yml', text: GITLAB };
}

const GITHUB = `# Save as .github/workflows/migrations.yml
name: migrations

on:
  pull_request:
    paths: [migrations/**, rollbacks/**, verify/**, samples/**, surefoot.config.*, package-lock.json]
  push:
    branches: [main]

permissions:
  contents: read
  security-events: write

jobs:
  surefoot:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npx surefoot ci --all --junit surefoot-junit.xml --sarif surefoot.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always() && github.event.pull_request.head.repo.fork != true
        continue-on-error: true
        with:
          sarif_file: surefoot.sarif
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: surefoot
          path: |
            surefoot-junit.xml
            surefoot.sarif
          if-no-files-found: ignore
`;

const GITLAB = `# Add to .gitlab-ci.yml
surefoot:
  stage: test
  image: node:22
  timeout: 30 minutes
  variables:
    GIT_DEPTH: '0'
  cache:
    key:
      files: [package-lock.json]
    paths: [.npm/]
  script:
    - npm ci --cache .npm --prefer-offline
    - npx surefoot ci --all --junit surefoot-junit.xml --sarif surefoot.sarif --summary surefoot.md
  artifacts:
    when: always
    expire_in: 30 days
    paths: [surefoot.sarif, surefoot.md]
    reports:
      junit: surefoot-junit.xml
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes:
        paths: [migrations/**/*, rollbacks/**/*, verify/**/*, samples/**/*, surefoot.config.*, package-lock.json]
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`;
