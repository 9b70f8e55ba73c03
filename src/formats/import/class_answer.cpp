#include "class_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace attest::formats::import {

void read_place(const Options& options, const std::string& usual, const std::string& because, network::Readout& readout,
                std::vector<Assumption>& assumed) {
    if (options.read.empty()) assumed.push_back({"read", usual, because});
    const std::string place = options.read.empty() ? usual : options.read;
    if (place == "each") readout.reading = network::Readout::Reading::each;
    else if (place == "first") readout.position = 1;
    else if (place != "last") {
        char* end = nullptr;
        readout.position = std::strtol(place.c_str(), &end, 10);
        if (*end != '\0' || place.size() > 6 || readout.position == 0)
            throw base::UsageError(
                fmt::format("--read: expected first, last, each or a position (from 1, or from -1 "
                            "backwards), found {}",
                            base::quoted(place)));
    }
}

std::vector<std::string> read_accepted(const std::string& told, const std::vector<std::string>& classes) {
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    std::vector<std::string> accepted;
    std::istringstream stream(told);
    for (std::string name; std::getline(stream, name, ',');) {
        if (!has(classes, name))
            throw base::UsageError(fmt::format("--accept: expected a class ({}), found {}",
                                               base::printable(fmt::format("{}", fmt::join(classes, ", ")), 200),
                                               base::quoted(name, 40)));
        if (!has(accepted, name)) accepted.push_back(name);
    }
    if (accepted.size() == classes.size()) throw base::UsageError("--accept: expected some of the classes, found all");
    return accepted;
}

void read_accepted(const Options& options, const network::Readout& readout, network::Classes& classes,
                   std::vector<Assumption>& assumed) {
    if (options.accept.empty()) {
        if (readout.reading != network::Readout::Reading::each)
            assumed.push_back({"accept", "none", "no value is named: the model has classes and accepts nothing"});
        return;
    }
    if (readout.reading == network::Readout::Reading::each)
        throw base::UsageError("--accept: expected --read last or a position beside it, found each");
    classes.accept.assign(classes.names.size(), false);
    for (const std::string& name : read_accepted(options.accept, classes.names)) {
        const auto at = std::find(classes.names.begin(), classes.names.end(), name);
        classes.accept[static_cast<std::size_t>(at - classes.names.begin())] = true;
    }
}

}  // namespace attest::formats::import
