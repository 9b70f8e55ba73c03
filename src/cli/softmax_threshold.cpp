#include "softmax_threshold.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/certify/existence.hpp"
#include "attest/certify/recognition.hpp"
#include "base/text.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "record/threshold.hpp"

namespace attest::cli {

namespace {

/// Without a last length none beyond is asked, but one more than there are heads.
constexpr std::int64_t longest = 64;

struct Row {
    std::int64_t length = 0;
    certify::SoftmaxExistence existence;
};

class ThresholdRun {
  public:
    ThresholdRun(Session& session, const SoftmaxThreshold& asked)
        : session_(session),
          asked_(asked),
          language_(language::Language::parse(asked.language, std::nullopt)),
          limits_(session.limits()) {
        if (asked.to != 0 && asked.to < asked.from)
            throw base::UsageError(fmt::format("--to: expected at least {}, found {}", asked.from, asked.to));
        if (!language_.defined_at(static_cast<std::uint64_t>(asked.from)))
            throw base::UsageError(fmt::format("--from: expected a length at which {} is defined, found {}",
                                               language_.name(), asked.from));
    }

    int run() {
        note_reading(session_, asked_.language);
        certify::Archive archive(asked_.certificate.empty() ? std::nullopt : std::optional(asked_.certificate));
        const std::int64_t last = asked_.to != 0 ? asked_.to : std::max({asked_.from, longest, asked_.heads + 1});
        for (std::int64_t n = asked_.from; n <= last && language_.defined_at(static_cast<std::uint64_t>(n)); ++n) {
            rows_.push_back({n, certify::decide_softmax_existence(language_, asked_.heads, n, limits_, archive,
                                                                  certify::part_of_length(n))});
            if (!rows_.back().existence.verdict.holds()) break;
        }
        finish_certificate(session_, archive, parts_by_length(rows_));
        show();
        return rows_.back().existence.verdict.is_undecided() ? undecided : success;
    }

  private:
    std::optional<std::int64_t> found() const {
        std::optional<std::int64_t> most;
        for (const Row& row : rows_)
            if (row.existence.verdict.holds()) most = row.length;
        return most;
    }

    std::string headline() const {
        const std::string what = fmt::format("{} in the class of one softmax layer of {} alone", language_.name(),
                                             base::counted(static_cast<std::size_t>(asked_.heads), "head"));
        const auto most = found();
        const std::string at = most ? fmt::format("a network at length {}", *most) : "no network found";
        const std::int64_t last = rows_.back().length;
        const verdict::Verdict& v = rows_.back().existence.verdict;
        if (v.fails()) return fmt::format("{} {}: {}, none at {}\n", most ? "EXACT" : "IMPOSSIBLE", what, at, last);
        if (v.holds()) return fmt::format("POSSIBLE {}: {}, and nothing was asked beyond\n", what, at);
        return fmt::format("UNDECIDED {}: {}, length {} undecided: {}: {}\n", what, at, last, to_string(v.why().reason),
                           v.why().detail);
    }

    static std::string detail(const Row& row) {
        const verdict::Verdict& v = row.existence.verdict;
        const threshold::SoftmaxAnswer& found = row.existence.found;
        const std::string changes =
            base::counted(static_cast<std::size_t>(found.sign_changes), "change") + " " + found.along;
        if (v.holds())
            return fmt::format("{}; a network without positions, no difference of logits nearer to 0 than {}", changes,
                               power_of_two(found.margin));
        if (v.fails()) return changes + "; a polynomial of the heads' degree cannot alternate so often";
        return fmt::format("{}: {}", to_string(v.why().reason), v.why().detail);
    }

    static std::string power_of_two(const exact::Rational& margin) {
        const auto bits = [](const mpz_class& x) {
            return static_cast<std::int64_t>(mpz_sizeinbase(x.get_mpz_t(), 2));
        };
        return fmt::format("2^{}", bits(margin.get_num()) - bits(margin.get_den()));
    }

    void show() const {
        session_.print(headline());
        record::Threshold record;
        record.language = asked_.language;
        record.attention = "softmax";
        record.layers = 1;
        record.heads = asked_.heads;
        record.found = found();
        if (rows_.back().existence.verdict.fails()) record.impossible = rows_.back().length;
        for (const Row& row : rows_) {
            session_.print(fmt::format("{:>6}  {:10}  {:>8.2f} s  {}\n", row.length,
                                       certify::existence_word(row.existence.verdict),
                                       row.existence.verdict.spent.seconds, detail(row)));
            record.lengths.push_back(record::threshold_length(row.length, row.existence));
        }
        session_.print_json(record::write(record));
    }

    Session& session_;
    const SoftmaxThreshold& asked_;
    language::Language language_;
    base::Limits limits_;
    std::vector<Row> rows_;
};

}  // namespace

int softmax_threshold(Session& session, const SoftmaxThreshold& asked) { return ThresholdRun(session, asked).run(); }

}  // namespace attest::cli
