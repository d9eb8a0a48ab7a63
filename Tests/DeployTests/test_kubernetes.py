"""The manifests of each overlay: against Kubernetes' own schemas, and against each other."""

import kubernetes_validate
import pytest
from kustomize import build, containers, pod

from viva.deployment import ROOT
from viva.settings_table import settings_of_a_process

KUBERNETES = ROOT / "deploy/kubernetes"
OVERLAYS = sorted(path.name for path in (KUBERNETES / "overlays").iterdir())
WORKLOADS = {"owner", "gateway", "proxy"}


@pytest.fixture(params=OVERLAYS)
def objects(request):
    return build(KUBERNETES / "overlays" / request.param)


def of(objects, kind, name):
    [found] = [item for item in objects if item["kind"] == kind and item["metadata"]["name"] == name]
    return found


def workloads(objects):
    found = {item["metadata"]["name"]: item for item in objects if containers(item)}
    assert set(found) == WORKLOADS
    return found


def selects(selector, labels):
    return all(labels.get(key) == value for key, value in selector.items())


def labels(workload):
    return workload["spec"]["template"]["metadata"]["labels"]


@pytest.mark.parametrize("version", ["1.34", "1.36"])
def test_every_object_fits_its_schema(objects, version):
    for item in objects:
        kubernetes_validate.validate(item, version, strict=True)


def test_all_is_in_one_namespace_that_is_made(objects):
    [namespace] = [item["metadata"]["name"] for item in objects if item["kind"] == "Namespace"]
    assert {item["metadata"].get("namespace", namespace) for item in objects} == {namespace}


def test_nothing_runs_as_root_or_writes_where_it_runs(objects):
    for workload in workloads(objects).values():
        assert pod(workload)["automountServiceAccountToken"] is False
        context = pod(workload)["securityContext"]
        assert (context["runAsNonRoot"], context["seccompProfile"]) == (True, {"type": "RuntimeDefault"})
        for container in containers(workload):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("name", ["owner", "gateway"])
def test_whoever_drains_is_not_killed_meanwhile(objects, name):
    workload = workloads(objects)[name]
    [container] = containers(workload)
    before = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    drain = int(environment(container)["VIVA_DRAIN_SECONDS"]["value"])
    assert pod(workload)["terminationGracePeriodSeconds"] >= before + drain + 5


def test_a_gateway_is_ready_when_it_says_so(objects):
    [container] = containers(workloads(objects)["gateway"])
    assert container["readinessProbe"]["httpGet"] == {"path": "/api/ready", "port": "http"}


def test_each_kind_may_lose_one_at_a_time_and_no_more(objects):
    for name, workload in workloads(objects).items():
        budget = of(objects, "PodDisruptionBudget", name)["spec"]
        assert budget["maxUnavailable"] == 1
        assert selects(budget["selector"]["matchLabels"], labels(workload))


def test_each_service_leads_to_ports_that_exist(objects):
    for service in (item for item in objects if item["kind"] == "Service"):
        [workload] = [item for item in workloads(objects).values() if selects(service["spec"]["selector"], labels(item))]
        ports = {port["name"] for container in containers(workload) for port in container["ports"]}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


def test_nginx_finds_gateways_by_the_names_they_have(objects):
    [proxy] = containers(workloads(objects)["proxy"])
    gateway = workloads(objects)["gateway"]
    values = {name: entry.get("value") for name, entry in environment(proxy).items()}
    assert values["VIVA_GATEWAY_NAME"] == f"{gateway['metadata']['name']}-[0-9]{{1,3}}"
    assert values["VIVA_BEHIND_GATEWAY"].startswith(f".{gateway['spec']['serviceName']}.")
    # A gateway that drains is not ready, and still serves those it has.
    assert of(objects, "Service", gateway["spec"]["serviceName"])["spec"]["publishNotReadyAddresses"] is True
    assert of(objects, "Service", values["VIVA_GATEWAYS"].split(".")[0])


def test_each_autoscaler_scales_what_is_there_by_what_the_adapter_knows(objects):
    rules = (KUBERNETES / "metrics-adapter.yaml").read_text()
    for scaler in (item for item in objects if item["kind"] == "HorizontalPodAutoscaler"):
        target = scaler["spec"]["scaleTargetRef"]
        assert "replicas" not in of(objects, target["kind"], target["name"])["spec"]
        names = [metric["pods"]["metric"]["name"] for metric in scaler["spec"]["metrics"]]
        assert "viva_event_loop_lag_seconds" in names and all(name in rules for name in names)


def test_metrics_are_reached_from_the_monitoring_alone(objects):
    ports = [
        (port["port"], policy["metadata"]["name"])
        for policy in objects
        if policy["kind"] == "NetworkPolicy"
        for rule in policy["spec"].get("ingress", [])
        for port in rule["ports"]
    ]
    assert [name for port, name in ports if port == "internal"] == ["server"]
    assert len(ports) == 4


def test_every_setting_is_one_that_a_process_has(objects):
    for name in ("owner", "gateway"):
        [container] = containers(workloads(objects)[name])
        assert set(environment(container)) <= settings_of_a_process()


def environment(container):
    return {entry["name"]: entry for entry in container["env"]}
