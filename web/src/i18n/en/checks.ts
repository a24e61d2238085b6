export default {
  title: 'Figures checked',
  count: 'confirmed: {done}/{all}',
  disputed: 'disputed',
  confirmAll: 'These figures are right: {count}',
  confirm: 'Right',
  dispute: 'Dispute',
  word: 'What is wrong',
  send: 'Send',
  state: {
    confirmed: 'Confirmed',
    disputed: 'Disputed: {word}',
    changed: 'It has changed since, it was {was}: please check again',
  },
  sealOpen: 'Figures that nobody has confirmed: {count}.',
  sealDisputed: 'Somebody disputes {figures}: please ask first.',
}
