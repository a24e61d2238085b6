#pragma once
// The language in which a caller reads the names that definitions carry in both. Chinese unless
// English is preferred in so many words; what has no English name keeps its Chinese one.

#include <string>

#include "base/problem.h"
#include "definition/model.h"
#include "http/message.h"

namespace zw::http {

enum class Language { kChinese, kEnglish };

// Of Accept-Language, by its weights: en-GB,en;q=0.9,zh;q=0.5 asks for English.
Language LanguageOf(const Request& request);
const std::string& In(Language language, const definition::Names& names);
const std::string& In(Language language, const Words& words);
const std::string& MessageIn(Language language, const Finding& finding);

}  // namespace zw::http
