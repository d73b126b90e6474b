import type { Key } from './index'

export const en: Record<Key, string> = {
  product: 'Tongxin Field',
  back: 'Back', menu: 'Menu', close: 'Close', date: '{1}/{0}',
  'sync.offline': 'Offline since {0}', 'sync.waiting': '{0} to send', 'sync.sent': 'All arrived', 'outbox.open': 'Outbox: {0} to send, {1} refused',
  'offline.banner': 'Offline since {0}. Scan and let through as usual; records are sent when the network is back.',
  'clock.ahead': 'This phone is{0} fast; passes are checked by the server\'s time. Please set the clock.', 'clock.behind': 'This phone is{0} slow; passes are checked by the server\'s time. Please set the clock.', 'clock.back': 'This phone\'s clock was set back. Until the network is there, passes are checked by the last time the server gave.',
  'span.minutes': ' {0} minutes', 'span.hours': ' {0} hours', 'span.days': ' {0} days',
  'leave.withdrawn': 'This phone was withdrawn: what it carried is erased. Records that have not arrived stay sealed and leave once it is enrolled again.', 'leave.ended': 'This phone\'s lease is over: what it carried is erased. Records that have not arrived stay sealed and leave once it is enrolled again.', 'leave.enrol': 'Enrol again',
  'update.ready': 'New version', 'update.take': 'Tap to renew',

  'enrol.title': 'Enrol this phone', 'enrol.about': 'Once enrolled it scans and keeps rounds without a network. Data stay on this phone, sealed by your PIN.',
  'enrol.sign_in': 'Sign in first', 'enrol.sign_in.text': 'Sign in with your own account, then come back here.', 'enrol.go': 'Sign in', 'enrol.nobody': 'This account has no gate and no round, so it cannot enrol a phone.', 'enrol.offline': 'The first enrolment needs a network.', 'enrol.again': 'Try again',
  'enrol.as': 'Signed in: {0}', 'enrol.name': 'Name of this phone', 'enrol.name.value': 'Phone of {0}', 'enrol.pin': 'Choose a PIN of 6 digits', 'enrol.pin.help': 'No birthday, not 123456. After 10 wrong tries everything here is erased.', 'enrol.pin2': 'Once more', 'enrol.do': 'Enrol', 'enrol.busy': 'Enrolling…',
  'enrol.pin.short': 'A PIN has 6 digits.', 'enrol.pin.differs': 'The two PINs differ.', 'enrol.pin.weak': 'Too easy to guess; choose another.', 'enrol.failed': 'Not enrolled: {0}', 'enrol.kept': '{0} records have not arrived yet. Give the old PIN; they leave after enrolling.', 'enrol.pin.old': 'The old PIN',
  'lock.title': 'PIN', 'lock.wrong': 'Wrong PIN, {0} tries left.', 'lock.wiped': 'Ten wrong PINs: everything here was erased. Enrol again.', 'lock.help': 'Emergencies pass first; record them after unlocking.', 'lock.busy': 'Unlocking…', 'lock.pin': 'PIN, 6 digits', 'lock.key': 'Delete one digit',

  'gate.choose': 'Which gate is yours?', 'gate.none': 'No gate is yours', 'gate.none.text': 'Ask the office to put your post at a gate, then refresh.', 'gate.waiting': 'Fetching the gate\'s data…', 'gate.sealed': 'sealed', 'gate.sealed.warn': 'This gate is sealed; emergencies only.', 'gate.change': 'Change gate',
  'scan.aim': 'Put the code in the frame', 'scan.type': 'Type', 'scan.picture': 'Picture', 'scan.light': 'Light', 'scan.emergency': 'Emergency', 'scan.emergency.text': 'let through first, record after', 'scan.no_camera': 'The camera does not open. Choose a picture, or type a permit code, plate or name.', 'scan.no_code': 'No QR code in this picture.', 'scan.loading': 'Opening the camera…', 'scan.view': 'Scan',
  'type.title': 'Type', 'type.label': 'Pass text, permit code, plate or name', 'type.do': 'Look up', 'type.help': 'What is not found can still be recorded.',
  'answer.until': 'until {0}', 'answer.in': 'In', 'answer.out': 'Out', 'answer.turn': 'Turn back', 'answer.close': 'Back without record', 'answer.anyway': 'Let through all the same (say why)', 'answer.saved': 'Saved: {0} {1}', 'answer.more': 'Temperature, companions', 'answer.temperature': 'Temperature °C', 'answer.companions': 'Companions', 'answer.less_one': 'One fewer', 'answer.more_one': 'One more', 'answer.fever': '{0} °C: measure again and call the doctor.', 'answer.unsaved': 'Not saved: {0}. Write it on paper.', 'answer.same': 'Warned: twice {0}', 'answer.nobody': 'no name',
  'turn.title': 'Why turned back', 'anyway.title': 'Why let through',
  'turn.expired': 'Pass expired', 'turn.colour': 'Isolation workflow', 'turn.invalid': 'Code cannot be verified', 'turn.person': 'Not the holder', 'turn.fever': 'Fever', 'turn.closed': 'Gate not open', 'turn.other': 'Other',
  'anyway.home': 'Going home', 'anyway.care': 'Doctor, medicine, food', 'anyway.order': 'Command agreed', 'anyway.checked': 'Papers checked', 'anyway.other': 'Other',
  'kind.In': 'In', 'kind.Out': 'Out', 'kind.TurnedBack': 'Turned back', 'kind.Emergency': 'Emergency',
  'emergency.title': 'Emergency: open now', 'emergency.now': 'Time {0} is recorded. Let people and vehicles go first.', 'emergency.plate': 'Plate (optional)', 'emergency.companions': 'People', 'emergency.done': 'Add and close', 'emergency.later': 'Nothing to add',

  'act.pass.word': 'Pass', 'act.pass.do': 'Compare the name and let through.', 'act.lane.word': 'Yellow lane', 'act.lane.do': 'Use the separate lane, compare the name, remind of the recheck.', 'act.ask.word': 'Ask', 'act.ask.do': 'A proof or report is overdue. Ask; never keep anybody from home, doctor or food.', 'act.stop.word': 'Wait', 'act.stop.do': 'Ask them to wait aside and call the doctor. This is no punishment; stay calm.',
  'name.word': 'Compare name', 'name.do': 'No protocol is in force: compare the name only, no colour.',
  'reason.NoProtocol': 'No protocol in force', 'reason.Clear': 'No restriction', 'reason.ProofMissing': 'A proof is missing', 'reason.ProofExpired': 'The proof has expired', 'reason.ReportOverdue': 'Daily report overdue', 'reason.Measure': 'A measure is in force',
  'fault.Expired.word': 'Expired', 'fault.Expired': 'This pass is over; it may be a screenshot.', 'fault.Expired.do': 'Open "My pass" and refresh, or print anew. If that fails, check papers and record.',
  'fault.Revoked.word': 'Withdrawn', 'fault.Revoked': 'This pass was replaced or withdrawn.', 'fault.Revoked.do': 'Ask for the newest pass; without one check papers and record.',
  'fault.NotYetValid.word': 'Wrong time', 'fault.NotYetValid': 'Issued later than this phone\'s time.', 'fault.NotYetValid.do': 'Check this phone\'s clock and scan again; else check papers and record.',
  'fault.UnknownKey.word': 'Cannot verify', 'fault.UnknownKey': 'The issuing key is not on this phone\'s list.', 'fault.UnknownKey.do': 'Refresh with network and scan again; without network check papers and record. Nobody is stopped for this.',
  'fault.KeyEnded.word': 'Cannot verify', 'fault.KeyEnded': 'The issuing key has ended.', 'fault.KeyEnded.do': 'Ask for a new pass; without one check papers and record.',
  'fault.NotAPass.word': 'Not a pass', 'fault.NotAPass': 'This is some other QR code.', 'fault.NotAPass.do': 'Ask for the pass, or type a permit code, plate or name.',
  'fault.Forged.word': 'Forged', 'fault.Forged': 'Signature or content do not fit; we did not issue it.', 'fault.Forged.do': 'No argument. Check papers, record, tell the duty leader.',
  'again.just': 'The same code was scanned {0} min ago: is this the holder?', 'again.back': 'Turned back earlier today.',
  'permit.word': 'Permit', 'permit.is': '{0} {1}', 'permit.do': 'Compare name or plate and let through.', 'permit.companions': 'May bring {0} companions.',
  'permit.over.word': 'Permit over', 'permit.over.do': 'Ask the issuing office for a new one; emergencies use the emergency button.', 'permit.early.word': 'Too early', 'permit.early.do': 'Come back at the time on the permit.', 'permit.gate.word': 'Other gate', 'permit.gate.do': 'Use the gate on the permit.',
  unknown: 'This phone has no such record.', 'unknown.word': 'Not found', 'unknown.do': 'Check papers, record and decide. Nobody is stopped because a system does not know them.',

  'outbox.title': 'Outbox', 'outbox.none': 'No records', 'outbox.none.text': 'Scans and visits are kept here first, then sent.', 'outbox.send': 'Send now', 'outbox.saved': 'saved here', 'outbox.draft': 'saved here, may be added to', 'outbox.arrived': 'arrived {0}', 'outbox.refused': 'refused: {0}', 'outbox.retry': 'Send again', 'outbox.shown': 'The last {0} only.', 'outbox.sending': 'Sending…', 'outbox.tally': '{0} to send · {1} refused', 'outbox.visit': 'Visit',

  'menu.title': 'Menu', 'menu.gate': 'Gate', 'menu.rounds': 'My round', 'menu.outbox': 'Outbox', 'menu.paper': 'Enter a paper list', 'menu.print': 'Print this gate\'s paper list', 'menu.refresh': 'Refresh this phone\'s data', 'menu.language': '中文', 'menu.lock': 'Lock', 'menu.forget': 'Erase this phone', 'menu.forget.text': 'It must be enrolled again. {0} records that have not arrived are erased too!', 'menu.forget.do': 'Erase', 'menu.refreshed': 'Refreshed', 'menu.not_refreshed': 'The server was not reached',
  'menu.lease': 'Works offline until {0}', 'menu.pack': 'Data of {0}',

  'paper.title': 'Enter a paper list', 'paper.about': 'Lines written on paper while nothing worked. The same line twice counts once.', 'paper.code': 'Line or permit code', 'paper.time': 'Time', 'paper.bad': 'This code does not fit; read it again.', 'paper.future': 'This time has not come yet.', 'paper.done': 'Saved: {0}', 'paper.way': 'Direction',

  'round.none': 'No door waits', 'round.none.text': 'Households appear here once the office opens a round and your team has cells.', 'round.left': '{0} left', 'round.until': 'before {0}', 'round.title': 'My list', 'round.pick': 'Round',
  'round.people': '{0} people', 'round.responsible': 'with {0}', 'round.again': '{0} {1}x', 'round.escalated': 'Not met {0}x, passed up', 'round.undo': 'Undo', 'round.undo_of': 'Undo the outcome of {0}', 'round.record': '{0}: {1}', 'round.saved_here': '{0} saved here', 'round.arrived': '{0} arrived', 'round.more': 'Changes or help needed?', 'round.needs': 'Help needed', 'round.residents': 'People living there', 'round.note': 'Note', 'round.save': 'Save', 'round.done': 'Every door done. Thank you!',
  'outcome.Done': 'Met', 'outcome.NotReached': 'Nobody', 'outcome.Refused': 'Refused', 'outcome.Vacant': 'Empty', 'outcome.Excused': 'Excused', 'outcome.Withdrawn': 'Undone', 'outcome.Untried': 'Not tried',
  'need.Medicine': 'Medicine', 'need.Doctor': 'Doctor', 'need.Dialysis': 'Dialysis ride', 'need.Groceries': 'Groceries', 'need.Testing': 'Test at home', 'need.Counselling': 'Counselling', 'need.Other': 'Other',
}
