#pragma once

// All kinds of records, and values for their members.

#include <string>

#include "base/random.hpp"
#include "fields.hpp"
#include "record/ablation.hpp"
#include "record/accuracy.hpp"
#include "record/archive.hpp"
#include "record/build.hpp"
#include "record/census.hpp"
#include "record/check.hpp"
#include "record/class_census.hpp"
#include "record/classify.hpp"
#include "record/compile.hpp"
#include "record/emergence.hpp"
#include "record/emergence_graph.hpp"
#include "record/equality.hpp"
#include "record/eval.hpp"
#include "record/export.hpp"
#include "record/function_census.hpp"
#include "record/import.hpp"
#include "record/influence.hpp"
#include "record/invariance.hpp"
#include "record/jobs.hpp"
#include "record/layers.hpp"
#include "record/least_class.hpp"
#include "record/ledger.hpp"
#include "record/lists.hpp"
#include "record/machine.hpp"
#include "record/maximum.hpp"
#include "record/measure.hpp"
#include "record/measured_functions.hpp"
#include "record/model_language.hpp"
#include "record/progress.hpp"
#include "record/prove.hpp"
#include "record/restriction.hpp"
#include "record/sensitivity.hpp"
#include "record/sequential.hpp"
#include "record/stopped.hpp"
#include "record/threshold.hpp"
#include "record/zoo.hpp"

namespace attest::tests {

#define ATTEST_RECORD_KINDS                                                                                            \
    record::Archive, record::Prove, record::Threshold, record::Restriction, record::LedgerResult, record::Stopped,     \
        record::Measure, record::MeasureOutputs, record::Ablation, record::Accuracy, record::Census, record::Check,    \
        record::Compile, record::Equality, record::Eval, record::Import, record::Listing, record::Influence,           \
        record::Ledger, record::LedgerRun, record::Languages, record::Tasks, record::Doctor, record::Cite,             \
        record::Completion, record::Manual, record::Report, record::Sensitivity, record::Zoo, record::Classify,        \
        record::ClassCensus, record::SequentialCircuit, record::Layers, record::Build, record::Machine,                \
        record::Emergence, record::EmergenceGraph, record::EmergenceCounts, record::Progress, record::ModelLanguage,   \
        record::Export, record::Invariance, record::Maximum, record::Jobs, record::FunctionCensus, record::LeastClass, \
        record::MeasuredFunctions

/// Puts random values into the members of a record; optional ones are there or not.
class Filler {
  public:
    explicit Filler(base::Random& random) : random_(random) {}

    void constant(const char*, const char*) {}
    template <typename T>
    void required(const char*, T& value) {
        fill(value);
    }
    template <typename T>
    void optional(const char*, std::optional<T>& value) {
        if (random_.chance(1, 2)) fill(value.emplace());
    }
    template <typename T>
    void nullable(const char* key, std::optional<T>& value) {
        optional(key, value);
    }

    template <typename T>
    void fill(T& value) {
        if constexpr (record::Record<T>) T::list(value, *this);
        else if constexpr (record::KeyedOf<T>::value)
            for (std::uint64_t k = random_.below(3); k > 0; --k)
                fill(value.emplace_back(std::to_string(k), typename T::value_type::second_type{}).second);
        else if constexpr (record::ChoiceOf<T>::value) fill_choice(value, random_.below(std::variant_size_v<T>));
        else if constexpr (std::same_as<T, base::Json>) value = document();
        else if constexpr (std::same_as<T, record::Number>)
            value =
                random_.chance(1, 2) ? record::Number{text(), true} : record::Number{std::to_string(random_.bits())};
        else if constexpr (std::same_as<T, record::Value>) {
            fill(value.ends.front());
            if (random_.chance(1, 2)) fill(value.ends.emplace_back());
        } else if constexpr (record::OptionalOf<T>::value) optional("", value);
        else if constexpr (record::List<T>)
            for (std::uint64_t k = random_.below(4); k > 0; --k) fill(value.emplace_back());
        else if constexpr (std::same_as<T, std::string>) value = text();
        else if constexpr (std::same_as<T, bool>) value = random_.chance(1, 2);
        else if constexpr (std::same_as<T, double>) value = static_cast<double>(random_.bits()) / 3e17;
        else value = static_cast<T>(random_.bits() >> random_.below(64));
    }

  private:
    template <std::size_t K = 0, typename... T>
    void fill_choice(std::variant<T...>& value, std::size_t which) {
        if constexpr (K < sizeof...(T)) {
            if (which == K) fill(value.template emplace<K>());
            else fill_choice<K + 1>(value, which);
        }
    }

    base::Json document() {
        switch (random_.below(6)) {
            case 0: return {};
            case 1: return {random_.chance(1, 2)};
            case 2: return {base::Json::Number{random_.chance(1, 2) ? "-17" : "0.125"}};
            case 3: return {text()};
            case 4: return {base::Json::Array{document(), document()}};
            default: return {base::Json::Object{{"a", document()}, {text() + "b", document()}}};
        }
    }

    std::string text() {
        static const char* pieces[] = {"a", "\"", "\\", "\n", "é", "⊕", "{", "0"};
        std::string text;
        for (std::uint64_t k = random_.below(5); k > 0; --k) text += pieces[random_.below(8)];
        return text;
    }

    base::Random& random_;
};

}  // namespace attest::tests
