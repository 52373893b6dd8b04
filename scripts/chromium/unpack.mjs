// Unpack the Chromium of @sparticuz/chromium: brotli archives in the package → a program with its libraries beside it.
//   node unpack.mjs FOLDER-OF-THE-PACKAGE FOLDER
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const [bin, folder] = process.argv.slice(2);

async function unpack(name, target) {
  await pipeline(createReadStream(join(bin, name)), createBrotliDecompress(), createWriteStream(target, { mode: 0o755 }));
}

mkdirSync(folder, { recursive: true });
await unpack("chromium.br", join(folder, "chromium"));
// al2023: the shared libraries (nss and others) that a bare machine lacks; swiftshader: drawing without a GPU.
for (const archive of ["al2023", "swiftshader", "fonts"]) {
  const tar = join(folder, `${archive}.tar`);
  await unpack(`${archive}.tar.br`, tar);
  execFileSync("tar", ["-xf", tar, "-C", folder, "--no-same-owner"]);
  execFileSync("rm", [tar]);
}

// The archive's own fonts.conf names folders of another machine.
writeFileSync(join(folder, "fonts.conf"), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`);
writeFileSync(join(folder, "run"), `#!/bin/sh
export LD_LIBRARY_PATH="${folder}/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_FILE="${folder}/fonts.conf"
exec "${folder}/chromium" "$@"
`, { mode: 0o755 });
