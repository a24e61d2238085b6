#!/usr/bin/env bash
# The main job on the example workbooks: an empty town, its workbooks in, the figures, the report, the page.
set -euo pipefail
town=$1 listen=$2
zhenwu=build/zhenwu
rm -rf "$town"
$zhenwu init "$town" --from examples/town/settings.json
# Faults in the workbooks are part of the example: exit 1 says that some rows came back with their reason.
$zhenwu import "$town" examples/town/*.xlsx examples/town/*.csv --yes --rejects "$town/rejects" || [ $? = 1 ]
period=$(sed -n 's/.*"report_period"[^0-9]*\([0-9]*\).*/\1/p' examples/town/answers.json | head -n 1)
$zhenwu figure "$town" all --period "${period:-2023}" --compare 同比
$zhenwu report "$town" annual --period "${period:-2023}" --out "$town/report.docx" || [ $? = 1 ]
echo
echo "The report (Word):  $(cd "$town" && pwd)/report.docx"
echo "The page:           http://$listen/      (Ctrl-C stops it)"
exec $zhenwu serve "$town" --listen "$listen"
