#include "ledger/file.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "attest/exact/rational.hpp"
#include "base/json_text.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"

namespace attest::ledger {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_file = 1 << 20;

/// The value of an enumeration that a string names.
template <typename Enum>
Enum choice(const base::JsonNode& node, std::initializer_list<Enum> all) {
    std::string names;
    for (const Enum value : all) {
        if (node.as_string() == to_string(value)) return value;
        names += (names.empty() ? "" : ", ") + std::string(to_string(value));
    }
    node.fail("one of " + names);
}

std::string filled(const base::JsonNode& node) {
    if (node.as_string().empty()) node.fail("a text");
    return node.as_string();
}

void read_value(const base::JsonNode& node, Claim& claim) {
    node.allow_keys({"key", "is", "guarantee", "tolerance"});
    claim.key = filled(node.at("key"));
    if (claim.key[0] != '/') node.at("key").fail("a pointer that starts with /");
    claim.value = node.at("is").as_string();
    claim.guarantee = choice(node.at("guarantee"), {Guarantee::exact, Guarantee::lower, Guarantee::upper});
    if (node.has("tolerance")) claim.tolerance = node.at("tolerance").as_string();
    if (exact::parse_decimal(claim.tolerance, node.where() + ".tolerance") < 0)
        node.at("tolerance").fail("a decimal of at least 0");
}

Claim::Last read_last(const base::JsonNode& node) {
    node.allow_keys({"seconds", "memory_kib", "certificate"});
    Claim::Last last;
    last.seconds = exact::read_rational(node.at("seconds")).get_d();
    last.memory_kib = static_cast<std::size_t>(node.at("memory_kib").as_integer(0, std::int64_t{1} << 40));
    if (node.has("certificate")) last.digest = filled(node.at("certificate"));
    return last;
}

std::vector<std::string> read_command(const base::JsonNode& node) {
    std::vector<std::string> words;
    for (const base::JsonNode& word : node.elements()) words.push_back(word.as_string());
    if (words.empty()) node.fail("the words of a command");
    return words;
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// A file name that a word of the command is, and what makes it.
Made read_made(const base::JsonNode& node, const std::vector<std::string>& command) {
    node.allow_keys({"file", "by"});
    Made made{filled(node.at("file")), read_command(node.at("by"))};
    if (!holds(command, made.file)) node.at("file").fail("a word of the command");
    if (fs::path(made.file).filename() != made.file) node.at("file").fail("a name without folders");
    if (made.by[0] != "import") node.at("by").fail("the words of attest import");
    return made;
}

/// Files that words of the command name, or of that which makes a file for it.
std::vector<Need> read_needs(const base::JsonNode& node, const Claim& claim) {
    std::vector<Need> needs;
    for (const base::JsonNode& entry : node.elements()) {
        entry.allow_keys({"file", "sha256"});
        const Need need{filled(entry.at("file")), entry.at("sha256").as_string()};
        if (!holds(claim.command, need.file) && !(claim.made && holds(claim.made->by, need.file)))
            entry.at("file").fail("a word of the command");
        const fs::path path = need.file;
        if (path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end())
            entry.at("file").fail("a path below the folder of files that are not part of the project");
        const bool digest =
            need.sha256.size() == 64 && need.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!digest) entry.at("sha256").fail("64 hexadecimal digits");
        needs.push_back(need);
    }
    if (needs.empty()) node.fail("at least one file");
    return needs;
}

bool is_id(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-';
    });
}

}  // namespace

Claim read_claim(const std::string& path) {
    const base::Json document = base::Json::parse(base::read_file(path, longest_file), path);
    const base::JsonNode top(document, path);
    top.allow_keys({"format", "version", "statement", "command", "needs", "made", "value", "status", "source",
                    "standing", "certificate", "last"});
    if (top.at("format").as_string() != "attest/claim") top.at("format").fail("\"attest/claim\"");
    (void)top.at("version").as_integer(1, 1);

    Claim claim;
    claim.id = fs::path(path).stem().string();
    if (!is_id(claim.id))
        throw base::InputError(path, "a name of lower-case letters, digits and -",
                               fmt::format("'{}'", base::printable(claim.id)));
    claim.statement = filled(top.at("statement"));
    claim.command = read_command(top.at("command"));
    if (top.has("made")) claim.made = read_made(top.at("made"), claim.command);
    if (top.has("needs")) claim.needs = read_needs(top.at("needs"), claim);
    read_value(top.at("value"), claim);
    if (top.has("status")) claim.status = static_cast<int>(top.at("status").as_integer(0, 3));
    claim.source = filled(top.at("source"));
    claim.standing =
        choice(top.at("standing"), {Standing::published, Standing::sharper, Standing::fresh, Standing::contradicts});
    if (top.has("certificate")) claim.certificate = top.at("certificate").as_bool();
    if (top.has("last")) claim.last = read_last(top.at("last"));
    return claim;
}

std::string write_claim(const Claim& claim) {
    nlohmann::ordered_json value = {{"key", claim.key}, {"is", claim.value}, {"guarantee", to_string(claim.guarantee)}};
    if (claim.tolerance != "0") value["tolerance"] = claim.tolerance;
    nlohmann::ordered_json document = {
        {"format", "attest/claim"}, {"version", 1}, {"statement", claim.statement}, {"command", claim.command}};
    for (const Need& need : claim.needs) document["needs"].push_back({{"file", need.file}, {"sha256", need.sha256}});
    if (claim.made) document["made"] = {{"file", claim.made->file}, {"by", claim.made->by}};
    document["value"] = value;
    if (claim.status != 0) document["status"] = claim.status;
    document["source"] = claim.source;
    document["standing"] = to_string(claim.standing);
    if (claim.certificate) document["certificate"] = true;
    if (claim.last) {
        document["last"] = {{"seconds", std::round(claim.last->seconds * 1000) / 1000},
                            {"memory_kib", claim.last->memory_kib}};
        if (!claim.last->digest.empty()) document["last"]["certificate"] = claim.last->digest;
    }
    return base::json_text(document, 2) + "\n";
}

std::vector<Claim> read_ledger(const std::string& directory) {
    std::vector<std::string> paths;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, error))
        if (entry.path().extension() == ".json") paths.push_back(entry.path().string());
    if (error) throw base::InputError(directory, "a directory of claims", error.message());
    if (paths.empty()) throw base::InputError(directory, "a directory of claims", "no file that ends in .json");
    std::sort(paths.begin(), paths.end());
    std::vector<Claim> ledger;
    for (const std::string& path : paths) ledger.push_back(read_claim(path));
    return ledger;
}

std::vector<Claim> select(const std::vector<Claim>& ledger, const std::string& pattern) {
    if (pattern.empty()) return ledger;
    std::vector<Claim> chosen;
    for (const Claim& claim : ledger)
        if (::fnmatch(pattern.c_str(), claim.id.c_str(), 0) == 0) chosen.push_back(claim);
    if (chosen.empty()) (void)find(ledger, pattern);
    return chosen;
}

const Claim& find(const std::vector<Claim>& ledger, const std::string& id) {
    const auto at = std::find_if(ledger.begin(), ledger.end(), [&](const Claim& claim) { return claim.id == id; });
    if (at != ledger.end()) return *at;
    std::vector<std::string> ids;
    for (const Claim& claim : ledger) ids.push_back(claim.id);
    const std::string near = base::perhaps(id, ids);
    throw base::UsageError(fmt::format("ledger: no claim '{}'{}", base::printable(id),
                                       near.empty() ? "; attest ledger list shows all" : near));
}

}  // namespace attest::ledger
