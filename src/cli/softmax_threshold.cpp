#include "softmax_threshold.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/text.hpp"
#include "attest/base/version.hpp"
#include "attest/certificate/softmax_threshold.hpp"
#include "checker/checker.hpp"
#include "language_notes.hpp"

namespace attest::cli {

namespace {

using Json = nlohmann::ordered_json;

/// Beyond this length words are too many to be evaluated; without a last length none is asked.
constexpr std::int64_t longest = 16;

struct Row {
    std::int64_t length = 0;
    search::SoftmaxAnswer answer;
    std::string certificate;  ///< digest of the manifest; empty if none was kept
    double seconds = 0;
};

const char* word_for(verdict::Answer answer) {
    return answer == verdict::Answer::holds ? "possible" : answer == verdict::Answer::fails ? "impossible" : "undecided";
}

class Run {
  public:
    Run(Session& session, const SoftmaxThreshold& asked)
        : session_(session), asked_(asked), language_(language::Language::parse(asked.language, std::nullopt)), limits_(session.limits()) {
        if (asked.to != 0 && asked.to < asked.from) throw base::UsageError(fmt::format("--to: expected at least {}, found {}", asked.from, asked.to));
        if (!language_.defined_at(static_cast<std::uint64_t>(asked.from)))
            throw base::UsageError(fmt::format("--from: expected a length at which {} is defined, found {}", language_.name(), asked.from));
    }

    int run() {
        note_reading(session_, asked_.language);
        std::optional<base::DirectoryInProgress> kept;
        if (!asked_.certificate.empty()) kept.emplace(asked_.certificate, "manifest.json", "attest/certificate");
        const std::int64_t last = asked_.to != 0 ? asked_.to : std::max(asked_.from, longest);
        for (std::int64_t n = asked_.from; n <= last && language_.defined_at(static_cast<std::uint64_t>(n)); ++n) {
            rows_.push_back(decide(n, kept ? kept->path() : ""));
            if (rows_.back().answer.answer != verdict::Answer::holds) break;
        }
        if (kept) keep(*kept);
        show();
        return rows_.back().answer.answer == verdict::Answer::undecided ? undecided : success;
    }

  private:
    Row decide(std::int64_t length, const std::string& directory) const {
        const auto start = std::chrono::steady_clock::now();
        Row row;
        row.length = length;
        if (const auto limit = limits_.exceeded()) row.answer.why = {verdict::reason_of(*limit), "not begun"};
        else row.answer = search::softmax_threshold(language_, asked_.heads, length, limits_);
        if (row.answer.answer != verdict::Answer::undecided) certify(row, directory);
        row.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return row;
    }

    /// Writes the certificate, to a place of its own if none is kept, and has the checker read it back.
    void certify(Row& row, const std::string& directory) const {
        std::optional<base::DirectoryInProgress> scratch;
        std::string place = fmt::format("{}/length-{}", directory, row.length);
        if (directory.empty()) place = scratch.emplace().path();
        else std::filesystem::create_directories(place);
        const std::string digest = certificate::write_softmax_threshold(place, language_, asked_.heads, row.length, row.answer, {{{"attest", base::version()}}});
        const checker::Report report = checker::check(place);
        if (!report.accepted)
            throw base::InternalError(fmt::format("the checker refuses the certificate: {} at {}: {}", report.obligation, report.place, report.reason));
        if (!scratch) row.certificate = digest;
    }

    void keep(base::DirectoryInProgress& directory) const {
        std::vector<std::pair<std::string, std::string>> parts;
        for (const Row& row : rows_)
            if (!row.certificate.empty()) parts.emplace_back(fmt::format("length-{}", row.length), row.certificate);
        if (parts.empty()) return session_.note("no certificate: nothing was decided with evidence");
        certificate::write_collection(directory.path(), parts, {{{"attest", base::version()}}});
        directory.commit();
    }

    std::optional<std::int64_t> found() const {
        std::optional<std::int64_t> most;
        for (const Row& row : rows_)
            if (row.answer.answer == verdict::Answer::holds) most = row.length;
        return most;
    }

    std::string headline() const {
        const std::string what = fmt::format("{} in the class of one softmax layer of {} alone", language_.name(), base::counted(static_cast<std::size_t>(asked_.heads), "head"));
        const auto most = found();
        const std::string at = most ? fmt::format("a network at length {}", *most) : "no network found";
        const Row& last = rows_.back();
        if (last.answer.answer == verdict::Answer::fails) return fmt::format("{} {}: {}, none at {}\n", most ? "EXACT" : "IMPOSSIBLE", what, at, last.length);
        if (last.answer.answer == verdict::Answer::holds) return fmt::format("POSSIBLE {}: {}, and nothing was asked beyond\n", what, at);
        return fmt::format("UNDECIDED {}: {}, length {} undecided: {}: {}\n", what, at, last.length, to_string(last.answer.why.reason), last.answer.why.detail);
    }

    static std::string detail(const Row& row) {
        const search::SoftmaxAnswer& a = row.answer;
        const std::string changes = base::counted(static_cast<std::size_t>(a.sign_changes), "change") + " by the number of 1s";
        if (a.answer == verdict::Answer::holds) return changes + "; rational network evaluated on all words, twice";
        if (a.answer == verdict::Answer::fails) return changes + "; alternating sum added up by the checker";
        return fmt::format("{}: {}", to_string(a.why.reason), a.why.detail);
    }

    static Json to_json(const Row& row) {
        Json entry = {{"length", row.length}, {"answer", word_for(row.answer.answer)}};
        if (row.answer.answer == verdict::Answer::undecided) {
            entry["reason"] = to_string(row.answer.why.reason);
            entry["detail"] = row.answer.why.detail;
        } else {
            entry["sign_changes"] = row.answer.sign_changes;
        }
        if (!row.certificate.empty()) entry["certificate"] = row.certificate;
        entry["seconds"] = row.seconds;
        return entry;
    }

    void show() const {
        session_.print(headline());
        Json list = Json::array();
        for (const Row& row : rows_) {
            session_.print(fmt::format("{:>6}  {:10}  {:>8.2f} s  {}\n", row.length, word_for(row.answer.answer), row.seconds, detail(row)));
            list.push_back(to_json(row));
        }
        const auto most = found();
        const bool none = rows_.back().answer.answer == verdict::Answer::fails;
        session_.print_json({{"command", "threshold"},
                             {"language", asked_.language},
                             {"attention", "softmax"},
                             {"layers", 1},
                             {"heads", asked_.heads},
                             {"activations", nullptr},
                             {"found", most ? Json(*most) : Json(nullptr)},
                             {"impossible", none ? Json(rows_.back().length) : Json(nullptr)},
                             {"lengths", std::move(list)}});
    }

    Session& session_;
    const SoftmaxThreshold& asked_;
    language::Language language_;
    base::Limits limits_;
    std::vector<Row> rows_;
};

}  // namespace

int softmax_threshold(Session& session, const SoftmaxThreshold& asked) { return Run(session, asked).run(); }

}  // namespace attest::cli
