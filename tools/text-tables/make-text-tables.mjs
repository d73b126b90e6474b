// Makes the character tables that Tongxin.Core embeds. Run once per change of a source package:
//   cd tools/text-tables && npm install && npm run make
// The output is committed; neither build nor test needs node.
import { readFileSync, writeFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';
import tsCharacters from 'opencc-js/dict/TSCharacters';

const out = new URL('../../src/Tongxin.Core/Text/Tables/', import.meta.url);
const here = import.meta.url;
const versionOf = name => JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, here))).version;
const chars = function* (from, to) { for (let c = from; c <= to; c++) yield String.fromCodePoint(c); };

// Simplified form of one character: first choice of OpenCC, chains followed to their end (a->b->c gives a->c),
// plus what copying from PDF files leaves behind: Kangxi radicals and compatibility ideographs.
function simplified() {
  const map = new Map();
  for (const pair of tsCharacters.split('|')) {
    const [from, ...to] = pair.split(' ');
    if (from && to[0] && from !== to[0]) map.set(from, to[0]);
  }
  for (const c of [...chars(0x2f00, 0x2fd5), ...chars(0xf900, 0xfaff), ...chars(0x2f800, 0x2fa1d)]) {
    const plain = c.normalize('NFKC');
    if (plain !== c) map.set(c, plain);
  }
  for (const from of map.keys()) {
    let to = map.get(from);
    const seen = new Set([from]);
    while (map.has(to) && !seen.has(to)) { seen.add(to); to = map.get(to); }
    map.set(from, to);
  }
  return [...map].filter(([from, to]) => from !== to);
}

// Most frequent reading of a character alone. The overrides are readings the source gets wrong for names.
const overrides = { '車': 'che1', '覃': 'qin2' };
function readings() {
  const bySyllable = new Map();
  for (const c of [...chars(0x3007, 0x3007), ...chars(0x3400, 0x4dbf), ...chars(0x4e00, 0x9fff), ...chars(0x20000, 0x323af)]) {
    const read = overrides[c] ?? pinyin(c, { toneType: 'num', v: true, nonZh: 'removed' });
    if (!/^[a-z]+[0-5]$/.test(read)) continue;
    const syllable = read.replace(/0$/, '5');
    bySyllable.set(syllable, (bySyllable.get(syllable) ?? '') + c);
  }
  return [...bySyllable].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

// Surnames whose reading differs from the everyday one (the second list is ours), and compound surnames.
const singles = { '种': 'chong2', '重': 'chong2', '秘': 'bi4', '洗': 'xian3', '冼': 'xian3', '盖': 'ge3', '乜': 'nie4', '尉': 'wei4' };
const compounds = '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 ' +
  '仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 ' +
  '呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 ' +
  '子书 子桑 即墨 达奚 褚师 吴铭 完颜 纳兰 耶律 爱新觉罗 叶赫那拉 单于 哥舒 西陵 淳于 东野 第二 步都根';
const compoundReadings = { '单于': 'chan2 yu2', '万俟': 'mo4 qi2', '尉迟': 'yu4 chi2', '长孙': 'zhang3 sun1', '澹台': 'tan2 tai2', '亓官': 'qi2 guan1', '乐正': 'yue4 zheng4', '宰父': 'zai3 fu3', '令狐': 'ling2 hu2', '鲜于': 'xian1 yu2', '仲长': 'zhong4 chang2' };
function surnames() {
  const lines = [];
  for (const c of chars(0x4e00, 0x9fff)) {
    const plain = pinyin(c, { toneType: 'num', v: true, nonZh: 'removed' });
    const asSurname = singles[c] ?? pinyin(c, { mode: 'surname', surname: 'head', toneType: 'num', v: true, nonZh: 'removed' });
    if (plain && asSurname && asSurname !== plain && /^[a-z]+[1-5]$/.test(asSurname)) lines.push(`${c} ${asSurname}`);
  }
  const usual = new Set(['吴铭', '步都根', '第二']); // in some lists, but far more often a given name or a slip
  for (const name of new Set(compounds.split(' '))) {
    if (usual.has(name)) continue;
    const read = compoundReadings[name] ?? pinyin(name, { mode: 'surname', surname: 'head', toneType: 'num', v: true });
    lines.push(`${name} ${read.replaceAll('0', '5')}`);
  }
  return lines;
}

const opencc = `opencc-js ${versionOf('opencc-js')} (OpenCC TSCharacters, Apache-2.0)`;
const reading = `pinyin-pro ${versionOf('pinyin-pro')} (MIT, Copyright (c) 2022-present zh-lx)`;
const head = (source, format) => `# Made by tools/text-tables from ${source}. Do not edit.\n# ${format}\n`;
const simple = simplified();
// The pairs stand one after the other without separators: two code points each.
writeFileSync(new URL('simplified.txt', out), head(opencc + ' and Unicode NFKC', 'Pairs: a character, then its simplified form.') + simple.map(p => p.join('')).join('') + '\n');
writeFileSync(new URL('pinyin.txt', out), head(reading, 'A syllable with its tone (v for u-umlaut, 5 = neutral), then the characters read so.') + readings().map(([s, cs]) => `${s} ${cs}`).join('\n') + '\n');
writeFileSync(new URL('surnames.txt', out), head(reading + ' and a list of compound surnames of our own', 'A surname whose reading is not that of its characters alone, or a compound one, then the reading.') + surnames().join('\n') + '\n');
console.log(`${simple.length} simplified, ${surnames().length} surnames`);
