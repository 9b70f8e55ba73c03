#pragma once

// All kinds of records, and values for their members.

#include <string>

#include "base/random.hpp"
#include "fields.hpp"
#include "record/ledger.hpp"
#include "record/measure.hpp"
#include "record/prove.hpp"
#include "record/restriction.hpp"
#include "record/stopped.hpp"
#include "record/threshold.hpp"

namespace attest::tests {

#define ATTEST_RECORD_KINDS                                                                                        \
    record::Prove, record::Threshold, record::Restriction, record::LedgerResult, record::Stopped, record::Measure, \
        record::MeasureOutputs

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
        else if constexpr (std::same_as<T, record::Members>)
            for (std::uint64_t k = random_.below(3); k > 0; --k) value.emplace_back(std::to_string(k), text());
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
    std::string text() {
        static const char* pieces[] = {"a", "\"", "\\", "\n", "é", "⊕", "{", "0"};
        std::string text;
        for (std::uint64_t k = random_.below(5); k > 0; --k) text += pieces[random_.below(8)];
        return text;
    }

    base::Random& random_;
};

}  // namespace attest::tests
