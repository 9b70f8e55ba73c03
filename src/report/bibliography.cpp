#include "report/bibliography.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "bibliography_text.hpp"

namespace attest::report {

namespace {

struct BibliographyEntry {
    std::string key, text;
};

/// Entries start with @ and end with } in the first column: the file is ours, and a test reads each.
std::vector<BibliographyEntry> read_entries() {
    const std::string file = sources;
    std::vector<BibliographyEntry> entries;
    for (std::size_t at = 0; (at = file.find("\n@", at)) != std::string::npos;) {
        const std::size_t begin = at + 1, key = file.find('{', begin) + 1, end = file.find("\n}\n", begin) + 3;
        entries.push_back({file.substr(key, file.find(',', key) - key), file.substr(begin, end - begin)});
        at = end - 1;
    }
    return entries;
}

}  // namespace

std::vector<std::string> bibliography_keys() {
    std::vector<std::string> keys;
    for (const BibliographyEntry& entry : read_entries()) keys.push_back(entry.key);
    return keys;
}

std::string bibtex(const std::string& key) {
    for (const BibliographyEntry& entry : read_entries())
        if (entry.key == key) return entry.text;
    const std::string near = base::perhaps(key, bibliography_keys());
    throw base::UsageError(fmt::format("cite: no source '{}'{}", base::printable(key),
                                       near.empty() ? "; attest cite --list shows all" : near));
}

}  // namespace attest::report
