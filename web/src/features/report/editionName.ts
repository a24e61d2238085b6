// 第2稿，2024-01-05 定稿.
import type { Edition } from '@/api/editions'
import { timeText } from '@/composables/wording'
import { t } from '@/i18n'

export const editionName = (one: Edition) =>
  one.sealed
    ? t('report.sealedEdition', { edition: one.edition, at: one.sealed_at ? timeText(one.sealed_at) : '' })
    : t('report.draftEdition', { edition: one.edition })
