// A walk that takes two of the four pictures listed.
export async function walk(view) {
  await view.shot('taken')
  for (const name of ['given']) await view.shot(`panel-${name}`)
}
