// Boost.JSON is compiled once, here: the program does not need it below http.
#include <boost/json/src.hpp>
