#!/usr/bin/env bash
# The main job: an empty town, the example workbooks of examples/town with what is found in them, the figures, the report, the page.
set -euo pipefail
town=$1 listen=$2
zhenwu=build/zhenwu
period=2023
rm -rf "$town"
$zhenwu init "$town" --from examples/town/settings.json
# Faults in the workbooks are part of the example: exit 1 says that some rows came back with their reason.
$zhenwu import "$town" examples/town/*.xlsx examples/town/*.csv --yes --rejects "$town/rejects" || [ $? = 1 ]
$zhenwu figure "$town" all --period "$period" --compare 同比
$zhenwu report "$town" annual --period "$period" --out "$town/report.docx" || [ $? = 1 ]
echo
echo "The report (Word):  $(cd "$town" && pwd)/report.docx"
echo "The page:           http://$listen/      (Ctrl-C stops it)"
exec $zhenwu serve "$town" --listen "$listen"
