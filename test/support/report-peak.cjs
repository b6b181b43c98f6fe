// Preloaded into a command line: writes the largest resident set it had, in kilobytes, to the file PEAK_FILE names.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  if (process.env.PEAK_FILE) writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS));
});
