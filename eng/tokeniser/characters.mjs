// Writes services/Embedding/WordPieces/characters.txt from the reference itself, Hugging Face's tokenizers (npm, its Rust code):
//   cd eng/tokeniser && npm install --no-save tokenizers@0.23.2 && node characters.mjs > ../../services/Embedding/WordPieces/characters.txt
// Its Unicode data are older than .NET's, and .NET's grow with its versions: with tables of our own a text's ids are the
// reference's, on every machine.
import { bertNormalizer, bertPreTokenizer } from 'tokenizers';

const HANGUL = [0xac00, 0xd7a3];
const points = [];
for (let point = 1; point <= 0x10ffff; point++) {
  if (point < 0xd800 || point > 0xdfff) points.push(point);
}

const off = { cleanText: false, handleChineseChars: false, stripAccents: false, lowercase: false };
const hex = (text) => [...text].map((c) => c.codePointAt(0).toString(16).toUpperCase()).join(' ');

// Point and text of all characters that the step changes.
function changes(step) {
  const normaliser = bertNormalizer({ ...off, ...step });
  return points.map((point) => [point, normaliser.normalizeString(String.fromCodePoint(point))])
    .filter(([point, text]) => text !== String.fromCodePoint(point));
}

function writeRanges(name, members) {
  console.log(`[${name}] first-last`);
  for (let i = 0; i < members.length;) {
    let last = i;
    while (last + 1 < members.length && members[last + 1] === members[last] + 1) last++;
    console.log(`${members[i].toString(16).toUpperCase()}-${members[last].toString(16).toUpperCase()}`);
    i = last + 1;
  }
}

function writeMap(name, pairs) {
  console.log(`[${name}] character=text`);
  for (const [point, text] of pairs) console.log(`${point.toString(16).toUpperCase()}=${hex(text)}`);
}

console.log('# Written by eng/tokeniser/characters.mjs from tokenizers 0.23.2 (npm). Data (c) Unicode, Inc., Unicode licence v3.');
writeRanges('dropped', changes({ cleanText: true }).filter(([, text]) => text === '').map(([point]) => point));
const preTokenizer = bertPreTokenizer();
writeRanges('punctuation', points.filter((point) => preTokenizer.preTokenizeString(`a${String.fromCodePoint(point)}b`).length === 3));
const stripped = changes({ stripAccents: true });
writeRanges('mark', stripped.filter(([, text]) => text === '').map(([point]) => point));
writeMap('base', stripped.filter(([point, text]) => text !== '' && (point < HANGUL[0] || point > HANGUL[1])));
writeMap('lower', changes({ lowercase: true }));
