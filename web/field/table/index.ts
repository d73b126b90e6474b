// What a test needs of the table: pure code only.
export { fold, isOpen, readCode } from './tube'
export { isBox, isMisread, laneOf, mayClose, mayOpen, mayPack, maySit, mayTake, otherOfHousehold } from './rules'
export { Finder, roomKey, shortName } from './find'
export { pace } from './pace'
export { nextMoment } from './moment'
