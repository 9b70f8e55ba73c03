#include "checker/question/file_names.hpp"

#include <set>

#include "checker/core/claim_kind.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/language/language.hpp"

// FORMAT.md, section 2: the directory holds what claim and evidence need, and no more. A file that nobody reads would
// be digested and believed, and checked by nobody.

namespace attest::checker {

void check_file_names(const Manifest& manifest, const Files& files, const std::vector<std::string>& companions) {
    std::set<std::string> expected;
    const auto expect = [&](const std::string& name) {
        if (!expected.insert(name).second || name == "manifest.json")
            throw Defect(name, "one name stands for two files");
    };
    for (const std::string& name : manifest.kind->files(manifest)) expect(name);
    if (needs_language_file(manifest.claim.language)) expect("language.json");
    for (const std::string& companion : companions) {
        if (!is_plain_name(companion)) throw Defect("model.json: tensors", "not a plain name");
        expect(companion);
    }
    for (const std::string& name : expected)
        if (!files.contains(name)) throw Defect(name, "the file is missing");
    for (const auto& [name, bytes] : files)
        if (!expected.contains(name)) throw Defect(name, "a certificate of this kind has no such file");
}

}  // namespace attest::checker
