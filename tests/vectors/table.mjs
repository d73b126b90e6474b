// node table.mjs BUNDLE CASES: holds the phone's rules of the sampling table against Core's answers, and against what a clerk was promised.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const table = await import(pathToFileURL(process.argv[2]).href)
const { fold, isBox, isMisread, laneOf, mayClose, mayOpen, mayPack, maySit, mayTake, otherOfHousehold, Finder, roomKey, shortName, pace, nextMoment } = table
const cases = JSON.parse(readFileSync(process.argv[3], 'utf8'))
let wrong = 0
let held = 0

function same(name, got, wanted) {
  held++
  if (JSON.stringify(got) === JSON.stringify(wanted)) return
  wrong++
  console.log(`${name}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`)
}

const CORE = {
  'rule.not_opened': 'pools.tube.not_opened', 'rule.already_in': 'pools.tube.already_in', 'rule.closed': 'pools.tube.closed', 'rule.full': 'pools.tube.full',
  'rule.other_household': 'pools.tube.other_household', 'rule.sealed': 'pools.tube.wrong_class', 'rule.wrong_class': 'pools.tube.wrong_class',
}

for (const [at, one] of cases.entries()) {
  const facts = []
  for (const [step, { fact, person, refused, household }] of one.entries()) {
    if (household) {
      const tubes = fold(household.facts)
      same(`case ${at}, household`, otherOfHousehold(tubes.get(household.tube), household.person, tubes.values(), household.people)?.code ?? null, household.other)
      continue
    }
    if (person) {
      const ruling = maySit(fold(facts).get(fact.tube), person)
      same(`case ${at}, step ${step}`, ruling.does === 'take' ? null : CORE[ruling.why[0]], refused)
    }
    if (refused === null) facts.push(fact)
  }
}

// The tube: undo before closing, one seat a person, nothing before it was opened.
const at = (second) => new Date(Date.UTC(2026, 10, 22, 0, 0, second)).toISOString()
const opened = { id: 'a', round: 'r', tube: 'T1', kind: 'Opened', seenAt: at(0), size: 2, purpose: 'Round', table: 't' }
const sampled = (id, person, second) => ({ id, round: 'r', tube: 'T1', kind: 'Sampled', seenAt: at(second), person })
const one = (facts) => fold(facts).get('T1')
same('undone', one([opened, sampled('b', 'p', 1), { id: 'c', round: 'r', tube: 'T1', kind: 'Withdrawn', seenAt: at(2), corrects: 'b' }]).seats, [])
same('twice', one([opened, sampled('b', 'p', 1), sampled('c', 'p', 2)]).seats.length, 1)
same('before opening', one([sampled('b', 'p', 1)]), undefined)

// Slips are people too.
const person = (more = {}) => ({ id: 'p', name: '陈＊明', room: '3号楼2单元501', lane: 'Normal', most: 10, sealed: false, household: 'h', done: false, recheck: null, keys: [], ...more })
same('slips fill', maySit(one([opened]), person(), 2).why?.[0], 'rule.full')
same('close empty', mayClose(one([opened]), 0).does, 'refuse')
same('close with a slip', mayClose(one([opened]), 1).does, 'take')

// Lanes.
const lanes = ['Normal', 'Green', 'Apart', 'Home'].map((of) => ['Normal', 'Green', 'Apart'].map((to) => laneOf(of, to).does))
same('lanes', lanes, [['take', 'warn', 'lead'], ['take', 'take', 'lead'], ['refuse', 'refuse', 'take'], ['take', 'take', 'lead']])

// Twice in a round: warned of, kept.
same('elsewhere', mayTake(one([opened]), person(), 'Normal', 0, { code: 'T9' }).does, 'warn')
same('known by the server', mayTake(one([opened]), person({ done: true }), 'Normal', 0, undefined).does, 'warn')
same('wrong lane before all', mayTake(one([opened]), person({ lane: 'Apart', done: true }), 'Normal', 0, undefined).why?.[0], 'rule.lane_apart')

same('a full tube before the lane', mayTake(one([opened, sampled('b', 'q', 1), sampled('c', 's', 2)]), person(), 'Apart', 0, undefined).why?.[0], 'rule.full')
same('twice before the green lane', mayTake(one([opened]), person({ done: true }), 'Green', 0, undefined).why?.[0], 'rule.twice')
same('let by the lead', mayTake(one([opened]), person(), 'Apart', 0, undefined, true).does, 'take')
same('let by the lead, twice', mayTake(one([opened]), person({ done: true }), 'Apart', 0, undefined, true).does, 'warn')

// One household, one tube; a second is warned of and may be, whoever is sampled twice is told that first, and no pool asks.
const home = (code, second, more = {}) => ({ ...opened, id: `o${code}`, tube: code, seenAt: at(second), size: 20, purpose: 'Household', ...more })
const homes = (facts) => fold([home('H1', 0), { ...sampled('h1', 'q', 1), tube: 'H1', household: 'h' }, ...facts, home('H2', 10)])
const split = (facts, who = person(), people = 3) => { const tubes = homes(facts); return otherOfHousehold(tubes.get('H2'), who, tubes.values(), people)?.code }
same('split', split([]), 'H1')
same('split, the first closed', split([{ ...opened, id: 'h2', tube: 'H1', kind: 'Closed', seenAt: at(2), members: 1 }]), 'H1')
same('split, the first voided', split([{ ...opened, id: 'h2', tube: 'H1', kind: 'Voided', seenAt: at(2) }]), undefined)
same('split of another household', split([], person({ household: 'i' })), undefined)
same('split of the same person', split([], person({ id: 'q' })), undefined)
same('too many for one tube', split([], person(), 21), undefined)
const second = fold([home('H2', 10)]).get('H2')
same('split is warned of', mayTake(second, person(), 'Normal', 0, undefined, false, 'H1'), { does: 'warn', why: ['rule.household_split', 'H1'] })
same('twice before split', mayTake(second, person(), 'Normal', 0, { code: 'H1' }, false, 'H1').why?.[0], 'rule.twice_here')
same('no split in a pool', mayTake(one([opened]), person(), 'Normal', 0, undefined, false, 'H1').does, 'take')
same('back into the first', mayTake(fold([home('H1', 0)]).get('H1'), person(), 'Normal', 0, undefined, false, 'H1').does, 'take')

// Codes: our labels check themselves, others are taken as they are.
for (const code of ['XT000007P5', 'XB0000079G', 'XT010000P7', 'T1', '2211220001', 'XT12']) same(code, isMisread(code), false)
for (const code of ['XT000008P5', 'XT000007P6', 'XT0O0007P5', 'XB000007P5']) same(code, isMisread(code), true)
same('box', [isBox('XB0000079G'), isBox('XT000007P5')], [true, false])
same('open a box', mayOpen('XB0000079G', undefined, undefined, 'r', 't').why?.[0], 'rule.is_box')
same('open ours', mayOpen('T1', one([opened]), undefined, 'r', 't').does, 'take')
same('open of another table', mayOpen('T1', { ...one([opened]), table: 'u' }, undefined, 'r', 't').why?.[0], 'rule.code_taken')
same('open of another phone', mayOpen('T1', undefined, { table: 't' }, 'r', 't').does, 'warn')
same('open elsewhere', mayOpen('T1', undefined, { table: 'u' }, 'r', 't').why?.[0], 'rule.code_taken')
same('blank', mayOpen('T 1', undefined, undefined, 'r', 't').why?.[0], 'rule.code_invalid')

// Packing.
const closed = one([opened, sampled('b', 'p', 1), { id: 'c', round: 'r', tube: 'T1', kind: 'Closed', seenAt: at(2), members: 1 }])
same('pack closed', mayPack('T1', closed, undefined).does, 'take')
same('pack open', mayPack('T1', one([opened]), undefined).why?.[0], 'rule.still_open')
same('pack quarantined', mayPack('T1', closed, { stage: 'Closed', quarantined: true }).why?.[0], 'rule.quarantined')
same('pack a stranger', mayPack('T2', undefined, undefined).why?.[0], 'rule.unknown_tube')
for (const stage of ['Boxed', 'Received', 'Testing', 'Neg', 'Pos', 'Grey'])
  for (const known of [closed, undefined]) same(`pack ${stage}`, mayPack('T1', known, { stage, quarantined: false }).why?.[0], 'rule.on_its_way')
same('pack voided elsewhere', mayPack('T1', closed, { stage: 'Invalid', quarantined: false }).why?.[0], 'rule.voided')
same('pack before the server heard', mayPack('T1', closed, { stage: 'Open', quarantined: false }).does, 'take')
same('pack of another phone, open', mayPack('T2', undefined, { stage: 'Open', quarantined: false }).why?.[0], 'rule.still_open')
same('pack of another phone', mayPack('T2', undefined, { stage: 'Closed', quarantined: false }).does, 'take')

// Who is meant.
const salt = Uint8Array.from({ length: 16 }, (_, i) => i)
const key = (kind, text) => createHash('sha256').update(salt).update(`${kind}:${text}`).digest().subarray(0, 9).toString('base64')
same('key as the server makes it', key('n', '2021001'), 'RTzMP+fkOiu9')
const people = [
  person({ id: '1', keys: [key('n', '2021001'), key('d', '11010119900307123X'), key('t', '123X'), key('p', '0190a0000000700080000000000000AB')] }),
  person({ id: '2', name: '陈＊', room: '3号楼2单元502', keys: [key('t', '123X')] }),
  person({ id: '3', name: '欧＊＊明', room: '13号楼2单元501' }),
]
const finder = new Finder(people, salt)
const who = async (text) => (await finder.byText(text)).people.map((p) => p.id).join()
same('number', await who('2021001'), '1')
same('document in full width', await who('１１０１０１１９９００３０７１２３ｘ'), '1')
same('tail', await who('123x'), '1,2')
same('tail and name', await who('123X 陈小明'), '1')
same('room', await who('3-2-501'), '1')
same('room as written', await who('3号楼2单元501'), '1')
same('room in short', await who('501'), '1,3')
same('name and room', await who('陈小明 501'), '1')
same('surname', await who('陈 502'), '2')
same('compound name', await who('欧阳小明'), '3')
same('nobody', (await finder.byText('王五 999')).how, 'none')
same('pass', (await finder.byPass('0190a000-0000-7000-8000-0000000000ab', '陈＊明')).people[0]?.id, '1')
same('newer pass', (await finder.byPass('0190a000-0000-7000-8000-0000000000ac', '欧＊＊明')).people[0]?.id, '3')
same('rooms', [roomKey('3号楼2单元501'), roomKey('A座 12-03')], ['3-2-501', 'A-12-03'])
same('names', ['陈小明', '陈明', '欧阳小明', '买买提·艾力', '陈'].map(shortName), ['陈＊明', '陈＊', '欧＊＊明', '买＊＊力', '陈'])

// A clock that jumps back does not turn the order round.
same('moments', [nextMoment(100.7, 50), nextMoment(100, 100), nextMoment(40, 100)], [100, 101, 101])
const now = Date.UTC(2026, 10, 22)
const hour = Array.from({ length: 120 }, (_, i) => now - i * 30_000)
same('pace', pace(hour, now), { all: 120, lastHour: 120, rate: 121 })
same('pace of the first minute', pace([now - 1000, now], now).rate, null)

console.log(`${cases.length} tubes, ${held} answers: ${wrong} wrong`)
process.exit(wrong === 0 ? 0 : 1)
