#include "ledger/add.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "ledger/file.hpp"
#include "record/pointer.hpp"
#include "report/bibliography.hpp"

namespace attest::ledger {

namespace {

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    bool inside = false;
    char quote = 0;
    for (const char c : text) {
        if (quote == 0 && (c == '\'' || c == '"')) quote = c;
        else if (c == quote) quote = 0;
        else if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) {
            inside = false;
            continue;
        }
        if (!inside) words.emplace_back();
        inside = true;
        if (c != quote && !(quote == 0 && (c == '\'' || c == '"'))) words.back() += c;
    }
    if (quote != 0) throw base::UsageError("--command: expected quotes in pairs, found " + base::printable(text, 400));
    return words;
}

const std::string& told(const char* option, const std::string& text) {
    if (text.empty()) throw base::UsageError(fmt::format("ledger add: expected {}, found none", option));
    return text;
}

}  // namespace

Claim draft(const std::string& id, const Draft& said) {
    Claim claim;
    claim.id = id;
    if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
        throw base::UsageError(fmt::format("ledger add: expected an id of lower-case letters, digits and -, found '{}'",
                                           base::printable(id)));
    claim.statement = told("--statement", said.statement);
    claim.command = words_of(told("--command", said.command));
    if (claim.command.empty()) throw base::UsageError("--command: expected the words of a command, found none");
    for (const char* own : {"--json", "--certificate", "--timeout", "--memory"})
        for (const std::string& word : claim.command)
            if (word == own)
                throw base::UsageError(fmt::format("--command: expected no {}, which the ledger adds itself", own));
    claim.key = told("--key", said.key);
    if (claim.key.front() != '/')
        throw base::UsageError("--key: expected a pointer that starts with /, found " + base::printable(claim.key));
    claim.guarantee = said.guarantee == "lower"   ? Guarantee::lower
                      : said.guarantee == "upper" ? Guarantee::upper
                                                  : Guarantee::exact;
    claim.standing = said.standing == "published"     ? Standing::published
                     : said.standing == "sharper"     ? Standing::sharper
                     : said.standing == "contradicts" ? Standing::contradicts
                                                      : Standing::fresh;
    claim.source = said.source;
    if (claim.source != "attest") (void)report::bibtex(claim.source);  // refuses what it does not know
    return claim;
}

Claim established(Claim claim, const RunSettings& settings) {
    const auto ran_with = [&](bool certificate) {
        std::vector<std::string> words{settings.program};
        words.insert(words.end(), claim.command.begin(), claim.command.end());
        words.insert(words.end(), {"--json", "--quiet"});
        if (certificate) words.insert(words.end(), {"--certificate", settings.directory});
        if (settings.timeout) words.insert(words.end(), {"--timeout", fmt::format("{}", *settings.timeout)});
        return base::run_process(words, {.interrupted = settings.interrupted});
    };
    claim.certificate = true;
    base::ProcessResult ran = ran_with(true);
    if (ran.status == 2 && ran.err.find("--certificate") != std::string::npos) {  // not all commands leave one
        claim.certificate = false;
        ran = ran_with(false);
    }
    const std::string where = base::printable(command_line(claim), 400);
    if (!ran.finished) throw base::InputError(where, "stopped before it had a value");
    if (ran.status > 1)
        throw base::InputError(where, "a value",
                               fmt::format("exit status {}: {}", ran.status, base::printable(ran.err, 400)));
    claim.status = ran.status;
    claim.value = record::value_at(ran.out, claim.key);
    claim.last = Claim::Last{ran.processor_seconds, ran.peak_kib, {}};
    if (claim.certificate) {
        const std::string manifest = settings.directory + "/manifest.json";
        const base::Json document = base::Json::parse(base::read_file(manifest), manifest);
        claim.last->digest = base::JsonNode(document, manifest).at("digest").as_string();
    }
    return claim;
}

}  // namespace attest::ledger
