// The first letters of pinyin, for look-ups (zjh → 张建华). From the order that the browser itself sorts Chinese in: a
// character has the letter of the last first-of-its-letter that it does not stand before. Of characters with several
// readings the usual one.
const kFirsts = '阿八嚓哒妸发旮哈讥咔垃妈拿噢妑七呥仨它挖夕丫匝'
const kLetters = 'abcdefghjklmnopqrstwxyz'
const order = new Intl.Collator('zh-Hans-u-co-pinyin')
const known = new Map<string, string>()

function letterOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase()
  const found = known.get(character)
  if (found !== undefined) return found
  let letter = 'a'
  Array.from(kFirsts).every((first, i) => {
    if (order.compare(character, first) < 0) return false
    letter = kLetters[i] ?? letter
    return true
  })
  known.set(character, letter)
  return letter
}

export function initials(text: string): string {
  return Array.from(text, letterOf).join('')
}

// Whether what is typed may mean the name: part of it, or of its initials.
export function matches(name: string, typed: string): boolean {
  const text = typed.trim().toLowerCase()
  return (
    !text || name.toLowerCase().includes(text) || (/^[a-z]+$/.test(text) && initials(name).includes(text))
  )
}
