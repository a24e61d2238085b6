// Files as they are dropped: which are tables, and what to do about the others.
import { t } from '@/i18n'

export const kMaxBytes = 64 * 1024 * 1024
export const kEndings = ['.xlsx', '.xlsm', '.xls', '.csv', '.et', '.docx']

function endingOf(name: string): string {
  const at = name.lastIndexOf('.')
  return at < 0 ? '' : name.slice(at).toLowerCase()
}

// Left aside without a word: what Excel, WPS and the system themselves put beside a workbook.
export function isLitter(name: string): boolean {
  return /^(~\$|\.~|\._|\.ds_store$|thumbs\.db$|desktop\.ini$)/i.test(name)
}

export function megabytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

// Why a file is not sent; empty: it is.
export function refusal(file: Pick<File, 'name' | 'size'>): string {
  if (!kEndings.includes(endingOf(file.name))) return t('imports.refusal.noTable')
  if (file.size === 0) return t('imports.refusal.empty')
  if (file.size > kMaxBytes) return t('imports.refusal.large', { size: megabytes(file.size) })
  return ''
}

// A dropped folder gives the files in it.
export async function filesOf(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null)
  if (!entries.some((entry) => entry?.isDirectory)) return [...data.files]
  const found: File[] = []
  for (const entry of entries) if (entry) await gather(entry, found)
  return found
}

async function gather(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (entry.isFile) {
    found.push(
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    )
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const read = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
  for (let some = await read(); some.length; some = await read()) {
    for (const one of some) await gather(one, found)
  }
}
