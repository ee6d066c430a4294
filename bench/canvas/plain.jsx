// React Flow as its first example has it: the nodes and wires of /graph.json with the default looks, state in its own hooks. What the canvas is measured against.
import { Background, Controls, MiniMap, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { createRoot } from 'react-dom/client';

const graph = await (await fetch('/graph.json')).json();
const visibleOnly = new URLSearchParams(location.search).has('visible');

function Plain() {
  const [nodes, , onNodesChange] = useNodesState(
    graph.nodes.map(({ id, position: [x, y] }) => ({ id, position: { x, y }, data: { label: id } })),
  );
  const [edges] = useEdgesState(graph.edges.map(({ from, to }) => ({ id: `${from}>${to}`, source: from.split('.')[0], target: to })));
  return (
    <ReactFlow nodes={nodes} edges={edges} onNodesChange={onNodesChange} onlyRenderVisibleElements={visibleOnly} minZoom={0.1} fitView>
      <Background />
      <Controls />
      <MiniMap />
    </ReactFlow>
  );
}

createRoot(document.getElementById('root')).render(<Plain />);
