#pragma once

// The library's face: what README.md in this folder lists.

#include "attest/certify/ablation.hpp"
#include "attest/certify/accuracy.hpp"
#include "attest/certify/equality.hpp"
#include "attest/certify/existence.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/certify/restriction.hpp"
#include "attest/circuit/export.hpp"
#include "attest/compile/compile.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/decide/restriction/outcome.hpp"
#include "attest/decide/threshold/synthesiser.hpp"
#include "attest/formats/file.hpp"
#include "attest/formats/import.hpp"
#include "attest/language/language.hpp"
#include "attest/measure/function/measure.hpp"
#include "attest/measure/influence/study.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "attest/record/record.hpp"
#include "attest/soft/evaluate.hpp"
