#pragma once
// What the steps of one load share. Each step reads trees into the model and tells every fault;
// what it cannot understand is noted as broken, so that nothing is told twice because of it.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "definition/errors.h"
#include "definition/item.h"
#include "definition/model.h"
#include "definition/sources.h"

namespace zw::definition {

struct Build {
    Model& model;
    Errors& errors;
    // Ids whose own definition is wrong: formulas that name them are not judged.
    std::set<std::string, std::less<>> broken;
    // Where things stand, by id; the trees live as long as the load.
    std::map<std::string, const Item*> record_items;
    std::map<std::string, const Item*> indicator_items;
};

// lower case letters, digits and _, at most 40, not a word of the formula language. Adds an error
// otherwise.
bool CheckId(Build& build, const std::string& id, const Origin& origin);

// The unit called `text`; tells when no file defines it. Empty text: no unit.
std::optional<formula::Unit> UnitOf(Build& build, const Item& table);

// scale 0 to 9 of `table`; tells when it is none.
int ScaleOf(Build& build, const Item& table, int otherwise);

// "place" for "village", its other name in keys and matches; else `name`.
std::string PlaceWord(const std::string& name);

// ---- steps, in this order ----
void ReadUnits(Build& build, const Sources& sources);  // units, vocabulary, holidays, phrases
void ReadLists(Build& build, const Sources& sources);  // lists, categories
void ReadRules(Build& build, const Sources& sources);
void ReadLine(
    Build& build, const LineSource& line
);  // the line, its records and indicators, their names
void ReadSettings(Build& build, const Sources& sources);
void ReadReports(Build& build, const Sources& sources);  // passages too
void LinkRecords(Build& build);                          // references, children, order
void CompileAll(Build& build);                           // formulas, titles
void CheckBeside(Build& build, const Sources& sources);  // what samples and cases name is there
void CollectOrigins(Model& model, const Sources& sources);

// Parts of ReadLine.
void NameInEnglish(Build& build, const LineSource& line);
Field ReadField(Build& build, const Item& item);
RecordType ReadRecord(Build& build, const Item& item, const std::string& line);
Indicator ReadIndicator(Build& build, const Item& item, const std::string& line);

}  // namespace zw::definition
