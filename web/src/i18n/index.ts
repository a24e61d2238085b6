// The page's own words, Chinese first. Every text that people read stands in zh/ and en/, one file per part of the page,
// and is shown by t('part.key'). Chinese is always there; English is fetched when somebody first switches to it.
// What the definitions call things (indicators, fields, ledgers) comes from the program in the same language.
import type { Ref } from 'vue'
import { createI18n } from 'vue-i18n'
import zh from './zh'

export type Locale = 'zh' | 'en'

const kStored = 'zhenwu.locale'

const i18n = createI18n<false>({ legacy: false, locale: 'zh', fallbackLocale: 'zh', messages: { zh } })

// For templates and modules alike; read within a computed or a template it follows the switch.
export const t = i18n.global.t
export const locale = i18n.global.locale as Ref<Locale>

// What the program is asked to answer in.
export const language = (): string => (locale.value === 'en' ? 'en' : 'zh-CN')

// Switches the page and keeps the choice on this machine.
export async function useLanguage(chosen: Locale): Promise<void> {
  if (chosen === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./en')).default)
  }
  locale.value = chosen
  document.documentElement.lang = language()
  try {
    localStorage.setItem(kStored, chosen)
  } catch {
    // Private windows keep nothing: the next visit is Chinese again.
  }
}

// The language chosen on this machine before; Chinese for everybody else.
export function storedLocale(): Locale {
  try {
    return localStorage.getItem(kStored) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

export { i18n }
