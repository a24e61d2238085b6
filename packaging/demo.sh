#!/usr/bin/env bash
# The main job: a town, its figures, its report, the page. From the example workbooks where examples/town has them (then the town
# is empty at first and what was found in them is shown), else from the made-up town of `zhenwu sample`.
set -euo pipefail
town=$1 listen=$2
zhenwu=build/zhenwu
period=2023
rm -rf "$town"
if compgen -G 'examples/town/*.xlsx' > /dev/null; then
    $zhenwu init "$town" --from examples/town/settings.json
    # Faults in the workbooks are part of the example: exit 1 says that some rows came back with their reason.
    $zhenwu import "$town" examples/town/*.xlsx examples/town/*.csv --yes --rejects "$town/rejects" || [ $? = 1 ]
else
    $zhenwu sample "$town" --scale 0.2
fi
$zhenwu figure "$town" all --period "$period" --compare 同比
$zhenwu report "$town" annual --period "$period" --out "$town/report.docx" || [ $? = 1 ]
echo
echo "The report (Word):  $(cd "$town" && pwd)/report.docx"
echo "The page:           http://$listen/      (Ctrl-C stops it)"
exec $zhenwu serve "$town" --listen "$listen"
