#include "measured_functions.hpp"

#include <fmt/format.h>

#include <map>

#include "attest/base/error.hpp"
#include "attest/certify/existence.hpp"
#include "attest/measure/function/measure.hpp"
#include "census.hpp"
#include "decide/threshold/npn.hpp"
#include "keep.hpp"
#include "record/measured_functions.hpp"

namespace attest::cli {

namespace {

class MeasuredRun {
  public:
    MeasuredRun(Session& session, const MeasuredFunctionsAsked& asked)
        : session_(session), asked_(asked), limits_(session.limits()) {
        require_closed(asked.network, "--measure");
    }

    int run() {
        const double begun = session_.seconds();
        archive_.emplace(asked_.certificate.empty() ? std::nullopt : std::optional(asked_.certificate));
        const auto classes = threshold::npn_classes(asked_.inputs);
        for (const threshold::NpnClass& c : classes) {
            session_.progress(fmt::format("{} of {} classes of functions", ++looked_at_, classes.size()));
            add(c);
        }
        finish_certificate(session_, *archive_, parts_);
        seconds_ = session_.seconds() - begun;
        show();
        return undecided_ == 0 ? success : undecided;
    }

  private:
    /// Functions of which the measure is one number, the first class of them, and its part of the certificate.
    struct Functions {
        std::uint64_t count = 0;
        std::string language, part;
    };

    void add(const threshold::NpnClass& c) {
        const std::string name = threshold::table_name(c.table, asked_.inputs);
        parts_.push_back(name.substr(name.find(':') + 1));
        const verdict::Verdict v =
            certify::decide_existence({asked_.network, language::Language::parse(name, std::nullopt), asked_.inputs},
                                      asked_.options, limits_, *archive_, parts_.back())
                .verdict;
        if (v.fails()) none_ += c.size;
        if (v.is_undecided()) {
            undecided_ += c.size;
            if (why_.empty()) why_ = fmt::format("{}: {}: {}", name, to_string(v.why().reason), v.why().detail);
        }
        if (!v.holds()) return;
        Functions& functions = by_value_[measured(c.table)];
        if (functions.count == 0) functions = {0, name, parts_.back()};
        functions.count += c.size;
    }

    exact::Rational measured(std::uint32_t table) const {
        measure::Function function;
        function.variables = asked_.inputs;
        function.table = measure::tabulate(asked_.inputs, [&](measure::Input x) { return (table >> x & 1U) != 0; });
        const measure::Measures m = measure::measure(function, {}, {});
        const verdict::Measurement& number = asked_.measure == "sensitivity"           ? m.sensitivity.number
                                             : asked_.measure == "average-sensitivity" ? m.average_sensitivity
                                             : asked_.measure == "degree"              ? m.degree
                                                                          : m.certificate_complexity.number;
        if (!number.is_exact()) throw base::InternalError("a measure of a small table is not exact");
        return number.lower();
    }

    void show() const {
        record::MeasuredFunctions record{asked_.measure,
                                         asked_.inputs,
                                         asked_.network.layers,
                                         asked_.network.heads,
                                         asked_.network.activations,
                                         0,
                                         none_,
                                         undecided_,
                                         why_.empty() ? std::nullopt : std::optional(why_),
                                         std::nullopt,
                                         {},
                                         seconds_};
        for (const auto& [value, functions] : by_value_) {
            record.functions += functions.count;
            record.greatest = value.get_str();
            record.values.push_back({value.get_str(), functions.count, functions.language,
                                     asked_.certificate.empty() ? std::nullopt : std::optional(functions.part)});
        }
        session_.print(fmt::format("MEASURE {} over the functions of {} inputs in the class of {}: {}\n",
                                   asked_.measure, asked_.inputs, threshold::describe(asked_.network),
                                   record.greatest ? "at most " + *record.greatest : "none found"));
        session_.print(fmt::format("  {} functions have a network, {} have none, {} undecided; {:.2f} s\n",
                                   record.functions, none_, undecided_, seconds_));
        if (!why_.empty()) session_.print(fmt::format("  {}\n", why_));
        session_.print(fmt::format("  {:>8}  {:>9}  {}\n", "value", "functions", "one of them"));
        for (const auto& row : record.values)
            session_.print(fmt::format("  {:>8}  {:>9}  {}\n", row.value, row.functions, row.language));
        session_.print_json(record::write(record));
    }

    Session& session_;
    const MeasuredFunctionsAsked& asked_;
    const base::Limits limits_;
    std::optional<certify::Archive> archive_;
    std::vector<std::string> parts_;
    std::map<exact::Rational, Functions> by_value_;
    std::uint64_t none_ = 0, undecided_ = 0;
    std::string why_;
    std::size_t looked_at_ = 0;
    double seconds_ = 0;
};

}  // namespace

int measured_functions(Session& session, const MeasuredFunctionsAsked& asked) {
    return MeasuredRun(session, asked).run();
}

}  // namespace attest::cli
