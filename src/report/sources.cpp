#include "report/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/parallel.hpp"
#include "checker/checker.hpp"
#include "page/json_view.hpp"

namespace attest::report {

namespace {

namespace fs = std::filesystem;
using base::InputError;
using base::Json;

constexpr int deepest = 8;
constexpr std::size_t largest_document = std::size_t{64} << 20;

struct Entry {
    std::string name;
    fs::file_type type;
};

/// What a directory holds, in order of names, and of the numbers in them.
std::vector<Entry> entries_of(const std::string& directory) {
    std::vector<Entry> entries;
    std::error_code error;
    for (fs::directory_iterator at(directory, error); !error && at != fs::directory_iterator(); at.increment(error)) {
        const fs::file_type type = at->symlink_status(error).type();
        if (error) break;
        entries.push_back({at->path().filename().string(), type});
    }
    if (error) throw InputError(directory, "cannot read: " + error.message());
    std::ranges::sort(entries,
                      [](const Entry& a, const Entry& b) { return ::strverscmp(a.name.c_str(), b.name.c_str()) < 0; });
    return entries;
}

bool has_file(const std::vector<Entry>& entries, std::string_view name) {
    return std::ranges::any_of(entries,
                               [&](const Entry& e) { return e.name == name && e.type == fs::file_type::regular; });
}

Json read_document(const std::string& path) { return Json::parse(base::read_file(path, largest_document), path); }

Certificate read_certificate(const std::string& path, int depth) {
    Certificate certificate;
    certificate.path = path;
    const std::string file = path + "/manifest.json";
    certificate.manifest = read_document(file);
    if (text_at(certificate.manifest, "format") != "attest/certificate")
        throw InputError(file + ":format", "\"attest/certificate\"",
                         base::JsonNode(certificate.manifest, file).at("format").value().describe());
    const Json* claim = find(certificate.manifest, "claim");
    if (claim == nullptr || !claim->is_object())
        throw InputError(file + ":claim", "an object", claim == nullptr ? "no such key" : claim->describe());
    if (text_at(*claim, "kind") != "collection" || depth == deepest) return certificate;
    // The directories that are there, not those that the manifest names: which should be there is for the checker to say.
    for (const Entry& entry : entries_of(path))
        if (entry.type == fs::file_type::directory && has_file(entries_of(path + "/" + entry.name), "manifest.json"))
            certificate.parts.push_back(read_certificate(path + "/" + entry.name, depth + 1));
    return certificate;
}

record::LedgerResult read_result(const Json& line, const std::string& where) {
    if (!line.is_object()) throw InputError(where, "an object", line.describe());
    for (const char* key : {"id", "outcome"})
        if (find(line, key) == nullptr) throw InputError(where, fmt::format("the key \"{}\"", key), "no such key");
    auto result = record::read<record::LedgerResult>(line);
    if (!result) throw InputError(where, "a text as \"id\" and as \"outcome\"", "something else");
    return *std::move(result);
}

LedgerResults read_ledger(const std::string& path) {
    LedgerResults results{path, {}};
    const std::string bytes = base::read_file(path, largest_document);
    std::string_view rest = bytes;
    for (std::size_t line = 1; !rest.empty(); ++line) {
        const std::size_t end = rest.find('\n');
        const std::string_view text = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const std::string where = fmt::format("{}:{}", path, line);
        LedgerRow row{read_result(Json::parse(text, where), where), {}};
        const std::string name = row.result.certificate.value_or("");
        if (!name.empty()) row.certificate = fs::path(path).parent_path().string() + "/" + name;
        results.rows.push_back(std::move(row));
    }
    return results;
}

/// One of our formats that is no result, such as a model or a circuit.
bool is_other_file(const Json& document) { return text_at(document, "format").starts_with("attest/"); }

void read_json(const std::string& path, Sources& sources) {
    Json document = read_document(path);
    std::string command = text_at(document, "command");
    if (!command.empty()) sources.outputs.push_back({path, std::move(command), std::move(document)});
    else if (is_other_file(document)) sources.left_out.push_back(path);
    else
        throw InputError(path, "an output of attest COMMAND --json",
                         document.is_object() ? "an object without the key \"command\"" : document.describe());
}

void read_folder(const std::string& path, int depth, Sources& sources) {
    const std::vector<Entry> entries = entries_of(path);
    if (has_file(entries, "manifest.json")) {
        sources.certificates.push_back(read_certificate(path, 0));
        return;
    }
    for (const Entry& entry : entries) {
        const std::string inner = path + "/" + entry.name;
        if (entry.type == fs::file_type::directory && depth < deepest) read_folder(inner, depth + 1, sources);
        if (entry.type != fs::file_type::regular) continue;
        if (entry.name == "results.jsonl") sources.ledgers.push_back(read_ledger(inner));
        else if (entry.name.ends_with(".json")) read_json(inner, sources);
    }
}

std::string without_slashes(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

/// What the checker says of a collection's parts goes to those of the same directory; those behind the first that it
/// refused were not looked at.
void take_over(Certificate& certificate, const checker::Report& report) {
    certificate.standing = report.accepted ? Standing::accepted : Standing::refused;
    certificate.obligation = report.obligation;
    certificate.place = report.place;
    certificate.reason = report.reason;
    certificate.claim = report.claim;
    certificate.evidence = report.accepted ? report.evidence : "";
    certificate.assumptions = report.assumptions;
    certificate.digest = report.digest;
    for (const checker::Report& part : report.parts)
        for (Certificate& mine : certificate.parts)
            if (mine.path == part.directory) take_over(mine, part);
}

/// Goes through certificates and their parts.
class Counter {
  public:
    explicit Counter(Tally& tally) : tally_(tally) {}

    void add(const std::vector<Certificate>& certificates) {
        for (const Certificate& c : certificates) add(c);
    }
    bool knows(const std::string& path) const { return places_.contains(place_of(path)); }

  private:
    void add(const Certificate& c) {
        places_.insert(place_of(c.path));
        const std::size_t refused = tally_.refused;
        add(c.parts);
        if (c.standing == Standing::refused && tally_.refused == refused) ++tally_.refused;
        if (!c.parts.empty()) return;
        if (c.standing == Standing::not_checked) ++tally_.not_checked;
        if (c.standing == Standing::accepted && digests_.insert(c.digest).second)
            ++(c.refutes() ? tally_.refuted : tally_.verified);
    }

    Tally& tally_;
    std::set<std::string> places_, digests_;
};

/// Takes away what is read twice: by its place, and as a part of a collection.
void drop_repeated(Sources& sources) {
    std::set<std::string> seen;
    const auto parts = [&](const auto& self, const Certificate& c) -> void {
        for (const Certificate& part : c.parts) {
            seen.insert(place_of(part.path));
            self(self, part);
        }
    };
    for (const Certificate& c : sources.certificates) parts(parts, c);
    const auto repeated = [&](const auto& item) { return !seen.insert(place_of(item.path)).second; };
    std::erase_if(sources.certificates, repeated);
    std::erase_if(sources.outputs, repeated);
    std::erase_if(sources.ledgers, repeated);
    std::erase_if(sources.left_out, [&](const std::string& path) { return !seen.insert(place_of(path)).second; });
}

}  // namespace

bool Certificate::refutes() const { return text_of(find(manifest, "claim", "verdict")) == "refuted"; }

std::string place_of(const std::string& path) {
    std::error_code error;
    const fs::path place = fs::weakly_canonical(path, error);
    return error ? path : place.string();
}

Tally count(const Sources& sources) {
    Tally tally;
    Counter counter(tally);
    counter.add(sources.certificates);
    for (const LedgerResults& results : sources.ledgers) {
        tally.ledger_rows += results.rows.size();
        for (const LedgerRow& row : results.rows)
            if (!row.certificate.empty() && !counter.knows(row.certificate)) ++tally.missing;
    }
    return tally;
}

Sources read_sources(const std::vector<std::string>& directories) {
    Sources sources;
    for (const std::string& operand : directories) {
        const std::string path = without_slashes(operand);
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (!fs::exists(status)) throw InputError(path, "a directory", "nothing of this name");
        if (!fs::is_directory(status))
            throw InputError(path, "a directory that is a certificate or holds results", "a file");
        const auto count = [&] {
            return sources.certificates.size() + sources.outputs.size() + sources.ledgers.size();
        };
        const std::size_t before = count();
        read_folder(path, 0, sources);
        if (count() == before)
            throw InputError(path, "a certificate, or a folder with certificates, *.json outputs or results.jsonl",
                             "none of them");
    }
    drop_repeated(sources);
    return sources;
}

void check_sources(Sources& sources, unsigned threads, const base::Limits& limits,
                   const std::function<void(std::size_t, std::size_t)>& progress) {
    checker::Options options;
    options.deadline = limits.deadline;
    options.memory = limits.memory_bytes / std::max(1U, threads);
    options.stop = limits.interrupted;
    std::vector<Certificate>& certificates = sources.certificates;
    std::size_t done = 0;
    std::mutex mutex;
    base::in_parallel(threads, certificates.size(), [&](std::size_t k) {
        if (limits.exceeded()) return;
        const checker::Report report = checker::check(certificates[k].path, options);
        if (!report.readable) throw InputError(certificates[k].path, report.reason);
        if (report.stopped != checker::Stop::none) return;  // and so it is not checked
        const std::lock_guard lock(mutex);
        take_over(certificates[k], report);
        if (progress) progress(++done, certificates.size());
    });
}

}  // namespace attest::report
